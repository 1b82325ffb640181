import { type Resource, resourcesOf, templateOf } from '../lib/synthesis';
import { previousTemplate } from './previous';

/**
 * Properties whose change makes CloudFormation replace a resource of this type ("Update requires: Replacement" in the resource's
 * reference).
 */
const replacing: Readonly<Record<string, readonly string[]>> = {
  'AWS::DynamoDB::Table': ['TableName', 'KeySchema', 'LocalSecondaryIndexes', 'ImportSourceSpecification'],
  'AWS::SNS::Topic': ['TopicName', 'FifoTopic'],
  'AWS::SQS::Queue': ['QueueName', 'FifoQueue'],
  'AWS::Lambda::Function': ['FunctionName', 'PackageType'],
  'AWS::Logs::LogGroup': ['LogGroupName'],
  'AWS::Events::Rule': ['Name', 'EventBusName'],
  'AWS::IAM::Role': ['RoleName', 'Path'],
};

const types = Object.keys(replacing);

/** By logical id, what of each resource must stay so that it is kept. */
function identities(resources: Readonly<Record<string, Pick<Resource, 'Type' | 'Properties'>>>) {
  return Object.fromEntries(
    Object.entries(resources)
      .filter(([, { Type }]) => types.includes(Type))
      .map(([id, { Type, Properties }]) => [
        id,
        (replacing[Type] ?? []).map((property) => Properties?.[property] ?? null),
      ]),
  );
}

function identitiesOf(configuration: Record<string, unknown>) {
  const template = templateOf(configuration);
  return identities(Object.assign({}, ...types.map((type) => resourcesOf(template, type))));
}

const email = 'you@example.com';

test('given the release before, then nothing that it made is replaced or gone', () => {
  const before = identities(previousTemplate().Resources as Parameters<typeof identities>[0]);
  expect(Object.keys(before).length).toBeGreaterThan(10);
  expect(identitiesOf({ email })).toMatchObject(before);
});

test('given the release before, then one index of a table is new at most, because two cannot change at once', () => {
  const indexesOf = (resource: { readonly Properties?: unknown } | undefined) =>
    ((resource?.Properties as Record<string, unknown> | undefined)?.['GlobalSecondaryIndexes'] ??
      []) as readonly unknown[];
  const before = previousTemplate().Resources;
  const now = resourcesOf(templateOf({ email }), 'AWS::DynamoDB::Table');
  for (const id of Object.keys(now)) {
    const [known, indexes] = [indexesOf(before[id]), indexesOf(now[id])];
    expect(indexes.slice(0, known.length)).toEqual(known);
    expect(indexes.length - known.length).toBeLessThanOrEqual(1);
  }
});

test.each<[string, Record<string, unknown>]>([
  ['another email', { email: 'other@example.com' }],
  ['no email', {}],
  ['an address for alarms', { email, alarmEmail: 'operations@example.com' }],
  [
    'a key',
    { email, kmsKeyArn: 'arn:aws:kms:eu-west-3:123456789012:key/11111111-2222-3333-4444-555555555555' },
  ],
  ['Slack', { email, slack: { workspaceId: 'T0123ABCD', channelId: 'C0123ABCD' } }],
  ['a self-test', { email, selftest: true }],
  [
    'other retention and rules',
    { email, retentionDays: 30, notifyOn: 'every-match', foldingWindowMinutes: 5 },
  ],
])('given %s, then no table, topic, queue, function or log is replaced', (_, configuration) => {
  expect(identitiesOf(configuration)).toMatchObject(identitiesOf({ email }));
});
