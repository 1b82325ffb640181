import { Match } from 'aws-cdk-lib/assertions';
import { withPhysicalNames } from '../fixtures/physical-names';
import { allowedTo, idOf, resourcesOf, templateOf } from './synthesis';

const configuration = {
  email: 'security@example.com',
  routes: [{ name: 'Payments', units: ['payments'], email: 'payments@example.com' }],
  accountUnits: { '123456789012': 'payments' },
};

test('given a route, then it has a topic with its subscriber, and both functions know it and may publish to it', () => {
  const template = templateOf(configuration);
  const topic = { Ref: idOf(template, 'AWS::SNS::Topic', 'RoutePayments') };
  template.hasResourceProperties('AWS::SNS::Subscription', {
    TopicArn: topic,
    Endpoint: 'payments@example.com',
  });
  for (const role of ['Detector', 'Sweeper']) {
    const publish = allowedTo(template, role).find(({ Action }) => Action === 'sns:Publish');
    expect(publish?.Resource).toEqual(expect.arrayContaining([topic]));
  }
  for (const { Properties } of Object.values(resourcesOf(template, 'AWS::Lambda::Function')))
    expect(
      Match.objectLike({ Variables: { ROUTE_TOPIC_ARNS: Match.anyValue() } })
        .test(Properties['Environment'])
        .hasFailed(),
    ).toBe(false);
});

test('given as many routes as are allowed, with the longest names, then the environment of each function fits 4 KB', () => {
  const template = templateOf({
    ...configuration,
    selftest: true,
    securityHub: true,
    organization: { id: 'o-a1b2c3d4e5' },
    routes: Array.from({ length: 15 }, (_, index) => ({ name: `Unit${index}`.padEnd(40, 'x') })),
  });
  const json = template.toJSON() as Parameters<typeof withPhysicalNames>[1];
  for (const { Properties } of Object.values(resourcesOf(template, 'AWS::Lambda::Function'))) {
    const { Variables = {} } = withPhysicalNames(Properties['Environment'] ?? {}, json) as {
      readonly Variables?: Readonly<Record<string, string>>;
    };
    const bytes = Object.entries(Variables).reduce(
      (sum, [name, value]) => sum + name.length + value.length,
      0,
    );
    expect(bytes).toBeLessThanOrEqual(4_096);
  }
});

test('given no route, then there are the topics of alerts and of alarms and no more', () => {
  templateOf().resourceCountIs('AWS::SNS::Topic', 2);
  expect(JSON.stringify(templateOf().toJSON())).not.toContain('ROUTE_TOPIC_ARNS');
});

test.each([
  [
    { routes: [{ name: 'not a name' }] },
    /routes\[0\]\.name is "not a name"; allowed: 1 to 40 letters and digits/,
  ],
  [{ routes: [{ name: 'A' }, { name: 'A' }] }, /a name of its own/],
  [{ routing: 'some' }, /routing is "some"; allowed: "first" or "all"/],
  [{ accountUnits: { payments: 'x' } }, /an account id of twelve digits as key/],
])('given %j, then it is refused', (wrong, sentence) => {
  expect(() => templateOf(wrong)).toThrow(sentence);
});
