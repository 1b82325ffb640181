import { withPhysicalNames } from '../fixtures/physical-names';
import { describeWith } from '../harness/tools';
import { keyArn, resourcesOf, templateOf } from '../lib/synthesis';
import { selectedByEventRuler } from './event-ruler';

const template = templateOf({
  email: 'security@example.com',
  kmsKeyArn: keyArn,
  organization: { id: 'o-a1b2c3d4e5' },
});
const json = template.toJSON() as Parameters<typeof withPhysicalNames>[1];
const rules = Object.entries(resourcesOf(template, 'AWS::Events::Rule'));

function idOf(type: string, beginning: string): string {
  const ids = Object.keys(resourcesOf(template, type)).filter((id) => id.startsWith(beginning));
  const [id] = ids.sort((one, other) => one.length - other.length);
  if (id === undefined) throw new Error(`no ${type} ${beginning}`);
  return id;
}

const physical = (type: string, beginning: string) =>
  String(withPhysicalNames({ Ref: idOf(type, beginning) }, json));

const detector = physical('AWS::Lambda::Function', 'Detector');
const detectorArn = `arn:aws:lambda:eu-west-3:123456789012:function:${detector}`;
const layerRule = physical('AWS::Events::Rule', 'LayerRule7');
const alerts = physical('AWS::SNS::Topic', 'Alerts');
const table = physical('AWS::DynamoDB::Table', 'TablesAlerts');
const queue = physical('AWS::SQS::Queue', 'QueuesFailedEvents');
const role = physical('AWS::IAM::Role', 'DetectorRole');
const nameOfRule = (beginning: string) =>
  String(
    resourcesOf(template, 'AWS::Events::Rule')[idOf('AWS::Events::Rule', beginning)]?.Properties['Name'],
  );

/** Rule, call, request, and whether the call is on a resource of the stack. */
const rows: readonly (readonly [string, string, string, Readonly<Record<string, unknown>>, boolean])[] = [
  ['OutsideTrails', 'aws.cloudtrail', 'StopLogging', { name: 'main' }, true],
  ['OutsideTrails', 'aws.cloudtrail', 'StartLogging', { name: 'main' }, false],
  ['OutsideFunctions', 'aws.lambda', 'UpdateFunctionCode20150331v2', { functionName: detector }, true],
  ['OutsideFunctions', 'aws.lambda', 'DeleteFunction20150331', { functionName: detectorArn }, true],
  [
    'OutsideFunctions',
    'aws.lambda',
    'UpdateFunctionConfiguration20150331v2',
    { functionName: `123456789012:function:${detector}:$LATEST` },
    true,
  ],
  ['OutsideFunctions', 'aws.lambda', 'PutFunctionConcurrency20171031', { functionName: detector }, true],
  ['OutsideFunctions', 'aws.lambda', 'UpdateFunctionEventInvokeConfig', { functionName: detector }, true],
  ['OutsideFunctions', 'aws.lambda', 'UpdateFunctionCode20150331v2', { functionName: 'payments' }, false],
  ['OutsideFunctions', 'aws.lambda', 'UpdateFunctionCode20150331v2', { functionName: `x${detector}` }, false],
  ['OutsideRules', 'aws.events', 'DisableRule', { name: layerRule }, true],
  ['OutsideRules', 'aws.events', 'RemoveTargets', { rule: layerRule, ids: ['Target0'] }, true],
  ['OutsideRules', 'aws.events', 'DeleteRule', { name: nameOfRule('OutsideTrails') }, true],
  ['OutsideRules', 'aws.events', 'RemovePermission', { eventBusName: 'Layerwatch-hub' }, true],
  ['OutsideRules', 'aws.events', 'DeleteEventBus', { name: 'Layerwatch-hub' }, true],
  ['OutsideRules', 'aws.events', 'DisableRule', { name: 'nightly-report' }, false],
  ['OutsideRulesOfRules', 'aws.events', 'DisableRule', { name: nameOfRule('OutsideRules') }, true],
  ['OutsideRulesOfRules', 'aws.events', 'DisableRule', { name: layerRule }, false],
  ['OutsideTopics', 'aws.sns', 'Unsubscribe', { subscriptionArn: `${alerts}:0123` }, true],
  ['OutsideTopics', 'aws.sns', 'SetTopicAttributes', { topicArn: alerts, attributeName: 'Policy' }, true],
  ['OutsideTopics', 'aws.sns', 'PutDataProtectionPolicy', { resourceArn: alerts }, true],
  ['OutsideTopics', 'aws.sns', 'Unsubscribe', { subscriptionArn: `${alerts}x:0123` }, false],
  ['OutsideTables', 'aws.dynamodb', 'DeleteTable', { tableName: table }, true],
  [
    'OutsideTables',
    'aws.dynamodb',
    'PutResourcePolicy',
    { resourceArn: `arn:aws:dynamodb:eu-west-3:123456789012:table/${table}` },
    true,
  ],
  ['OutsideTables', 'aws.dynamodb', 'UpdateTable', { tableName: 'orders' }, false],
  [
    'OutsideQueues',
    'aws.sqs',
    'PurgeQueue',
    { queueUrl: `https://sqs.eu-west-3.amazonaws.com/123456789012/${queue}` },
    true,
  ],
  ['OutsideQueues', 'aws.sqs', 'PurgeQueue', { queueUrl: 'https://sqs/123456789012/orders' }, false],
  [
    'OutsideAlarms',
    'aws.monitoring',
    'DeleteAlarms',
    { alarmNames: ['other', 'Layerwatch-SweepMissing'] },
    true,
  ],
  ['OutsideAlarms', 'aws.monitoring', 'SetAlarmState', { alarmName: 'Layerwatch-SweepMissing' }, true],
  ['OutsideAlarms', 'aws.monitoring', 'PutMetricAlarm', { alarmName: 'orders' }, false],
  ['OutsideRoles', 'aws.iam', 'AttachRolePolicy', { roleName: role }, true],
  ['OutsideRoles', 'aws.iam', 'AttachRolePolicy', { roleName: 'deployer' }, false],
  ['OutsideStack', 'aws.cloudformation', 'DeleteStack', { stackName: 'Layerwatch' }, true],
  ['OutsideStack', 'aws.cloudformation', 'DeleteStack', { stackName: 'Orders' }, false],
  ['OutsideLogs', 'aws.logs', 'DeleteLogGroup', { logGroupName: '/aws/lambda/payments' }, false],
  ['OutsideKey', 'aws.kms', 'DisableKey', { keyId: keyArn }, true],
  ['OutsideKey', 'aws.kms', 'DisableKey', { keyId: '99999999-2222-3333-4444-555555555555' }, false],
];

const envelopeOf = (source: string, eventName: string, requestParameters: unknown) => ({
  version: '0',
  id: '11111111-2222-3333-4444-555555555555',
  source,
  'detail-type': 'AWS API Call via CloudTrail',
  account: '123456789012',
  time: '2026-11-24T00:00:00Z',
  region: 'eu-west-3',
  resources: [],
  detail: { eventName, requestParameters },
});

const ruleIds = [...new Set(rows.map(([id]) => id))];

describeWith(['java', 'mvn'], 'the patterns without our code, in Amazon’s event-ruler', () => {
  test.each(ruleIds)('%s selects the calls on resources of the stack and no others', (wanted) => {
    const [, rule] = rules.find(([id]) => new RegExp(`^${wanted}[0-9A-F]{8}$`).test(id)) ?? [];
    const own = rows.filter(([id]) => id === wanted);
    const pattern = withPhysicalNames(rule?.Properties['EventPattern'], json);
    const selected = selectedByEventRuler(
      pattern,
      own.map(([, source, eventName, request]) => envelopeOf(source, eventName, request)),
    );
    const named = own.map(([, , eventName, request], index) => [eventName, request, selected[index]]);
    expect(named).toEqual(own.map(([, , eventName, request, isOwn]) => [eventName, request, isOwn]));
  });
});
