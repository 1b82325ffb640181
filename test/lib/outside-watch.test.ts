import { Template } from 'aws-cdk-lib/assertions';
import { watchedCalls } from '../../lambda/detection/watched-calls';
import { LayerwatchStack } from '../../lib/layerwatch-stack';
import { withPhysicalNames } from '../fixtures/physical-names';
import {
  appWithoutValidation,
  idOf,
  keyArn,
  type Resource,
  resourcesOf,
  stackOf,
  templateOf,
} from './synthesis';

let template: Template;
beforeAll(() => {
  template = templateOf({ email: 'security@example.com', kmsKeyArn: keyArn });
});

const outsideRulesOf = (from: Template): readonly (readonly [string, Resource])[] =>
  Object.entries(resourcesOf(from, 'AWS::Events::Rule')).filter(([id]) => id.startsWith('Outside'));

const patternOf = (rule: Resource) => rule.Properties['EventPattern'] as Record<string, unknown>;

test('given the watched calls of each service, then a rule sends all of them past the code of Layerwatch', () => {
  for (const { source, actions } of watchedCalls.filter((each) => each.source !== 'aws.chatbot')) {
    const patterns = outsideRulesOf(template).map(([, rule]) => JSON.stringify(patternOf(rule)));
    const ofSource = patterns.filter((pattern) => pattern.includes(`"${source}"`));
    expect(ofSource.length).toBeGreaterThan(0);
    for (const action of actions) expect(ofSource[0]).toContain(`"${action}"`);
  }
});

test('given these rules, then their only target is the topic of the alarms, with a text of its own', () => {
  const topic = { Ref: idOf(template, 'AWS::SNS::Topic', 'AlarmNotices') };
  for (const [, { Properties }] of outsideRulesOf(template)) {
    expect(Properties['Targets']).toEqual([
      expect.objectContaining({
        Arn: topic,
        InputTransformer: expect.objectContaining({
          InputTemplate: expect.stringContaining('Layerwatch may be blind or silent: <detail-eventName>'),
        }),
      }),
    ]);
    expect(JSON.stringify(Properties['Targets'])).not.toContain('userAgent');
  }
});

test('given the rule that watches rules, then it names all the others, and another names it', () => {
  const pattern = (id: string) => {
    const [, rule] = outsideRulesOf(template).find(([each]) => each.startsWith(id)) ?? [];
    return JSON.stringify(rule && patternOf(rule));
  };
  const watching = pattern('OutsideRules');
  for (const [id, { Properties }] of Object.entries(resourcesOf(template, 'AWS::Events::Rule'))) {
    const prefix = /^(.*-)[A-Za-z]+$/.exec(String(Properties['Name'] ?? ''))?.[1];
    expect(watching).toContain(prefix === undefined ? `"Ref":"${id}"` : `"prefix":"${prefix}"`);
  }
  const [, rules] = outsideRulesOf(template).find(([id]) => /^OutsideRules[0-9A-F]{8}$/.test(id)) ?? [];
  expect(pattern('OutsideRulesOfRules')).toContain(`"name":["${rules?.Properties['Name']}"]`);
});

test('given other rules of EventBridge, of this or another account, then they may not publish', () => {
  const policies = Object.values(resourcesOf(template, 'AWS::SNS::TopicPolicy')).map(({ Properties }) =>
    JSON.stringify(Properties),
  );
  const [policy, ...others] = policies.filter((each) => each.includes('events.amazonaws.com'));
  expect(others).toEqual([]);
  const arns = outsideRulesOf(template).map(([id]) => ({ 'Fn::GetAtt': [id, 'Arn'] }));
  expect(policy).toContain(JSON.stringify({ ArnEquals: { 'aws:SourceArn': arns } }));
});

test('given the alarms, then these rules are made after them, so that a first deployment sends no messages', () => {
  for (const [, rule] of outsideRulesOf(template))
    expect(rule['DependsOn']).toEqual(
      expect.arrayContaining([expect.stringMatching(/^AlarmsDetectorErrors/)]),
    );
});

test('given the longest names and 15 routes, then no pattern has more than 2,048 characters', () => {
  const routes = Array.from({ length: 15 }, (_, index) => ({
    name: `unit${index}`,
    minimumBand: 'high' as const,
  }));
  const configuration = {
    email: 'security@example.com',
    kmsKeyArn: keyArn,
    selftest: true,
    organization: { id: 'o-a1b2c3d4e5' },
    routes,
  };
  const stackName = `Production-${'s'.repeat(117)}`;
  const long = Template.fromStack(
    new LayerwatchStack(appWithoutValidation(), 'Layerwatch', { configuration, stackName }),
  );
  const json = long.toJSON() as Parameters<typeof withPhysicalNames>[1];
  const lengths = Object.values(resourcesOf(long, 'AWS::Events::Rule')).map(
    (rule) => JSON.stringify(withPhysicalNames(rule.Properties['EventPattern'] ?? {}, json, 'max')).length,
  );
  expect(outsideRulesOf(long).length).toBeGreaterThan(15);
  expect(Math.max(...lengths)).toBeLessThanOrEqual(2_048);
});

test('given a rule with a name of its own, then it fits 64 characters', () => {
  for (const [, { Properties }] of outsideRulesOf(template))
    expect(String(Properties['Name']).length).toBeLessThanOrEqual(64);
});

test('given the stack, then CloudFormation refuses to delete it before its protection is taken off', () => {
  expect(stackOf().terminationProtection).toBe(true);
});

test('given the functions, then they know the logical ids of everything whose name may be cut', () => {
  const [detector] = Object.values(resourcesOf(template, 'AWS::Lambda::Function'));
  const environment = detector?.Properties['Environment'] as
    | { readonly Variables: Readonly<Record<string, unknown>> }
    | undefined;
  const variables = environment?.Variables ?? {};
  const types = ['AWS::Lambda::Function', 'AWS::Events::Rule', 'AWS::IAM::Role', 'AWS::SQS::Queue'];
  expect(JSON.parse(String(variables['OWN_LOGICAL_IDS']))).toEqual(
    types.flatMap((type) => Object.keys(resourcesOf(template, type))).sort(),
  );
  expect(variables['OWN_KEY_ARN']).toBe(keyArn);
});
