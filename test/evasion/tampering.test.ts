import { eventPattern, lifecycleEventPattern } from '../../lambda/detection/event-pattern';
import type { Ownership } from '../../lambda/detection/own-names';
import { parseRecord } from '../../lambda/detection/record';
import { readTampering } from '../../lambda/detection/tampering';
import { tamperingEventPattern } from '../../lambda/detection/watched-calls';
import { emailOf } from '../../lambda/notification/email';
import { subjectOf } from '../../lambda/notification/subject';
import { processRecord } from '../../lambda/pipeline/process-record';
import { givenUpdate } from '../fixtures/records';
import { PipelineHarness } from '../harness/pipeline-harness';

const call = (eventSource: string, eventName: string, requestParameters: unknown, fields = {}) =>
  givenUpdate(undefined, {
    eventSource: `${eventSource}.amazonaws.com`,
    eventName,
    requestParameters,
    responseElements: null,
    ...fields,
  });

const ownKeyArn = 'arn:aws:kms:eu-west-3:123456789012:key/11111111-2222-3333-4444-555555555555';
const ownArn = 'arn:aws:lambda:eu-west-3:123456789012:function:Layerwatch-DetectorFunction1234-abc';
const topicArn = 'arn:aws:sns:eu-west-3:123456789012:Layerwatch-Alerts1234-abc';

/**
 * An attacker may first take away what Layerwatch stands on. It fails: these calls have a rule and an alert of their own, and
 * those that stop the events are found by the sweep as well. Each thing, and a call that takes it away:
 */
const attacks: readonly (readonly [string, Readonly<Record<string, unknown>>])[] = [
  ['a trail that is stopped', call('cloudtrail', 'StopLogging', { name: 'main' })],
  [
    'a trail that is deleted',
    call('cloudtrail', 'DeleteTrail', { name: 'arn:aws:cloudtrail:eu-west-3:123456789012:trail/main' }),
  ],
  [
    'a trail that leaves out management events',
    call('cloudtrail', 'PutEventSelectors', { trailName: 'main', eventSelectors: [] }),
  ],
  ['a rule that is disabled', call('events', 'DisableRule', { name: 'Layerwatch-LayerRule1234-abc' })],
  ['a rule that is deleted', call('events', 'DeleteRule', { name: 'Layerwatch-LayerRule1234-abc' })],
  [
    'a rule that loses its target',
    call('events', 'RemoveTargets', { rule: 'Layerwatch-LayerRule1234-abc', ids: ['Target0'] }),
  ],
  ['a topic that is deleted', call('sns', 'DeleteTopic', { topicArn })],
  ['a subscription that is cancelled', call('sns', 'Unsubscribe', { subscriptionArn: `${topicArn}:0123` })],
  [
    'a table that is deleted',
    call('dynamodb', 'DeleteTable', { tableName: 'Layerwatch-TablesAlerts1234-ABC' }),
  ],
  [
    'a queue that is deleted',
    call('sqs', 'DeleteQueue', {
      queueUrl: 'https://sqs.eu-west-3.amazonaws.com/123456789012/Layerwatch-QueuesFailedEvents-abc',
    }),
  ],
  [
    'alarms that are deleted',
    call('monitoring', 'DeleteAlarms', { alarmNames: ['Other', 'Layerwatch-DetectorErrors'] }),
  ],
  [
    'a role that loses its policy',
    call('iam', 'DeleteRolePolicy', { roleName: 'Layerwatch-DetectorRole1234-abc', policyName: 'Detector' }),
  ],
  [
    'a detector that is deleted',
    call('lambda', 'DeleteFunction20150331', { functionName: 'Layerwatch-DetectorFunction1234-abc' }),
  ],
  [
    'a detector that may run no more',
    call('lambda', 'PutFunctionConcurrency20171031', {
      functionName: 'Layerwatch-DetectorFunction1234-abc',
      reservedConcurrentExecutions: 0,
    }),
  ],
  [
    'a detector with other code',
    call('lambda', 'UpdateFunctionCode20150331v2', {
      functionName: 'arn:aws:lambda:eu-west-3:123456789012:function:Layerwatch-DetectorFunction1234-abc',
    }),
  ],
  [
    'a detector with another configuration',
    call('lambda', 'UpdateFunctionConfiguration20150331v2', {
      functionName: 'Layerwatch-DetectorFunction1234-abc',
      environment: {},
    }),
  ],
  [
    'a queue that is read no more',
    call(
      'lambda',
      'UpdateEventSourceMapping20150331',
      { uUID: 'b5bd8d1d-7f3a-4b6b-8a0e-0123456789ab', enabled: false },
      { responseElements: { functionArn: ownArn, state: 'Disabling' } },
    ),
  ],
  [
    'a detector without its failure destination',
    call('lambda', 'UpdateFunctionEventInvokeConfig', {
      functionName: 'Layerwatch-DetectorFunction1234-abc',
      maximumRetryAttempts: 0,
    }),
  ],
  [
    'a role that is denied everything',
    call('iam', 'AttachRolePolicy', {
      roleName: 'Layerwatch-DetectorRole1234-abc',
      policyArn: 'arn:aws:iam::aws:policy/AWSDenyAll',
    }),
  ],
  [
    'a role without its boundary',
    call('iam', 'DeleteRolePermissionsBoundary', { roleName: 'Layerwatch-DetectorRole1234-abc' }),
  ],
  ['a key that is disabled', call('kms', 'DisableKey', { keyId: ownKeyArn })],
  ['a key that will be deleted', call('kms', 'ScheduleKeyDeletion', { keyId: ownKeyArn.split('/')[1] })],
  ['a key with another policy', call('kms', 'PutKeyPolicy', { keyId: ownKeyArn, policyName: 'default' })],
  ['a topic that alarms may not publish to', call('sns', 'RemovePermission', { topicArn, label: 'x' })],
  [
    'a topic that delivers nothing',
    call('sns', 'PutDataProtectionPolicy', { resourceArn: topicArn, dataProtectionPolicy: '{}' }),
  ],
  [
    'a queue that EventBridge may not send to',
    call('sqs', 'RemovePermission', {
      queueUrl: 'https://sqs.eu-west-3.amazonaws.com/123456789012/Layerwatch-QueuesUndelivered-abc',
    }),
  ],
  [
    'a table that denies writes',
    call('dynamodb', 'PutResourcePolicy', {
      resourceArn: 'arn:aws:dynamodb:eu-west-3:123456789012:table/Layerwatch-TablesAlerts1234-ABC',
    }),
  ],
  [
    'an alarm with another threshold',
    call('monitoring', 'PutMetricAlarm', { alarmName: 'Layerwatch-DetectorErrors', threshold: 1e9 }),
  ],
  [
    'an alarm that is set to OK',
    call('monitoring', 'SetAlarmState', { alarmName: 'Layerwatch-DetectorErrors', stateValue: 'OK' }),
  ],
  ['a hub that admits nobody', call('events', 'RemovePermission', { eventBusName: 'Layerwatch-hub' })],
  ['a hub that is deleted', call('events', 'DeleteEventBus', { name: 'Layerwatch-hub' })],
  ['a stack that is deleted', call('cloudformation', 'DeleteStack', { stackName: 'Layerwatch' })],
  [
    'a stack that is changed',
    call('cloudformation', 'UpdateStack', {
      stackName: 'arn:aws:cloudformation:eu-west-3:123456789012:stack/Layerwatch/0a1b2c3d',
    }),
  ],
  [
    'a stack that may be deleted again',
    call('cloudformation', 'UpdateTerminationProtection', {
      stackName: 'Layerwatch',
      enableTerminationProtection: false,
    }),
  ],
  [
    'a log group that is deleted',
    call('logs', 'DeleteLogGroup', { logGroupName: 'Layerwatch-DetectorLogs1234-abc' }),
  ],
  [
    'a Slack channel that is deleted',
    call('chatbot', 'DeleteSlackChannelConfiguration', {
      chatConfigurationArn:
        'arn:aws:chatbot::123456789012:chat-configuration/slack-channel/Layerwatch-eu-west-3',
    }),
  ],
];

const omitted: readonly (readonly [string, Readonly<Record<string, unknown>>])[] = [
  [
    'parameters that only the response completes',
    call(
      'lambda',
      'UpdateFunctionConfiguration20150331v2',
      { omitted: true },
      {
        responseElements: { functionArn: ownArn },
      },
    ),
  ],
  [
    'a qualified ARN in the response',
    call('lambda', 'UpdateFunctionCode20150331v2', null, {
      responseElements: { functionArn: `${ownArn}:live` },
    }),
  ],
  ['a rule that the record does not name', call('events', 'DisableRule', { omitted: true })],
  ['no parameters', call('iam', 'DeleteRolePolicy', null)],
  ['a trail that the record does not name', call('cloudtrail', 'StopLogging', null)],
  ['a name with a capital letter', call('events', 'DisableRule', { Name: 'Layerwatch-LayerRule1234-abc' })],
  [
    'parameters as a text of JSON',
    call('events', 'DisableRule', JSON.stringify({ name: 'Layerwatch-LayerRule1234-abc' })),
  ],
];

const harmless: readonly (readonly [string, Readonly<Record<string, unknown>>])[] = [
  ['a rule of somebody else', call('events', 'DisableRule', { name: 'nightly-report' })],
  ['a rule whose name only contains ours', call('events', 'DisableRule', { name: 'my-Layerwatch-rule' })],
  ['a call that failed', call('cloudtrail', 'StopLogging', { name: 'main' }, { errorCode: 'AccessDenied' })],
  ['a call of another service of the same name', call('config', 'DeleteRule', { name: 'Layerwatch-x' })],
  ['parameters that name nothing', call('events', 'PutRule', {})],
  [
    'an omitted call on a function of somebody else',
    call(
      'lambda',
      'UpdateFunctionCode20150331v2',
      { omitted: true },
      {
        responseElements: { functionArn: 'arn:aws:lambda:eu-west-3:123456789012:function:payments' },
      },
    ),
  ],
  ['a stack of another name', call('cloudformation', 'DeleteStack', { stackName: 'Layerwatch-Dev' })],
  ['a key of somebody else', call('kms', 'DisableKey', { keyId: '99999999-2222-3333-4444-555555555555' })],
  ['a longer action', call('events', 'DisableRuleGroup', { name: 'Layerwatch-x' })],
];

const own = { ownNamePrefix: 'Layerwatch-', ownKeyArn };

const read = (value: unknown, ownership: Ownership = own) => {
  const parsed = parseRecord(value);
  return parsed.kind === 'record' ? readTampering(parsed.record, ownership) : undefined;
};

describe('calls that can make Layerwatch blind or silent', () => {
  test.each(attacks)('given %s, then it is notified as critical, with its fix', async (_, record) => {
    expect(read(record)).toBeDefined();
    const bench = await PipelineHarness.start();
    const options = { ...bench.options, ...own };
    const outcome = await processRecord(record, bench.ports, options);
    if (outcome.kind !== 'alert' || outcome.finding === undefined) throw new Error(outcome.kind);
    expect(outcome).toMatchObject({ outcome: 'created', notification: 'sent' });
    const { layerwatch, rule } = outcome.finding;
    expect(layerwatch.change.kind).toBe('tampering');
    expect(layerwatch.risk.band).toBe('critical');
    expect(rule.id).toBe('layerwatch-tampering');
    expect(layerwatch.undo.commands).toHaveLength(1);
    expect(emailOf(outcome.finding, {})).toMatch(
      /^(Layerwatch may be blind or silent|CloudTrail may no longer report calls): /,
    );
    expect(await processRecord(record, bench.ports, options)).toMatchObject({
      outcome: 'duplicate',
      notification: 'none',
    });
    await bench.stop();
  });

  test.each(omitted)('given %s, then it is notified as critical', async (_, record) => {
    const bench = await PipelineHarness.start();
    expect(await bench.process(record)).toMatchObject({
      notification: 'sent',
      finding: { layerwatch: { change: { kind: 'tampering' }, risk: { band: 'critical' } } },
    });
    await bench.stop();
  });

  test.each(harmless)('given %s, then it is not', (_, record) => {
    expect(read(record)).toBeUndefined();
  });

  test('given the calls, then one rule hands over each of them, and none two', () => {
    const patterns = [eventPattern, lifecycleEventPattern, tamperingEventPattern];
    const selects = (pattern: (typeof patterns)[number], eventName: string) =>
      pattern.detail.eventName.some(({ prefix }) => eventName.startsWith(prefix));
    for (const [, { eventName }] of attacks)
      expect(patterns.filter((pattern) => selects(pattern, String(eventName)))).toHaveLength(1);
  });

  test('given a stopped trail, then this is what is sent', async () => {
    const bench = await PipelineHarness.start();
    const outcome = await bench.process(attacks[0]?.[1]);
    if (outcome.kind !== 'alert' || outcome.finding === undefined) throw new Error(outcome.kind);
    expect(subjectOf(outcome.finding)).toBe('CRITICAL: StopLogging on main (123456789012)');
    const email = emailOf(outcome.finding, {});
    expect(email).toContain(
      'CloudTrail may no longer report calls: StopLogging on main by role ci-deploy from 45.167.52.18.',
    );
    expect(email).toContain('   aws cloudtrail start-logging --region eu-west-3 --name main\n');
    await bench.stop();
  });
});

describe('names that CloudFormation has cut, because the stack has a long one', () => {
  const ownership = {
    ownNamePrefix: 'Production-SecurityTooling-Layerwatch-',
    ownLogicalIds: ['DetectorFunction29DE74CD', 'LayerRule1A2B3C4D'],
  };
  const updateOf = (functionName: string) => call('lambda', 'UpdateFunctionCode20150331v2', { functionName });

  test.each([
    ['the stack is cut', 'Production-SecurityTooli-DetectorFunction29DE74CD-0a1B2c3D4e5F'],
    ['both are cut', 'Production-SecurityTooli-DetectorFunction29DE74-0A1B2C3D4E5F'],
    ['nothing is cut', 'Production-SecurityTooling-Layerwatch-DetectorFunction29DE74CD-0A1B2C3D4E5F'],
  ])('given a function, and %s, then it is ours', (_, name) => {
    expect(read(updateOf(name), ownership)).toBeDefined();
    expect(read(updateOf(`arn:aws:lambda:eu-west-3:123456789012:function:${name}`), ownership)).toBeDefined();
  });

  test.each([
    ['another logical id', 'Production-SecurityTooli-PaymentsFunction29DE74-0A1B2C3D4E5F'],
    ['another stack', 'Production-Payments-DetectorFunction29DE74-0A1B2C3D4E5F'],
    ['too little of the stack', 'Prod-DetectorFunction29DE74-0A1B2C3D4E5F'],
    ['no random letters', 'Production-SecurityTooli-DetectorFunction29DE74'],
  ])('given %s, then it is not', (_, name) => {
    expect(read(updateOf(name), ownership)).toBeUndefined();
  });
});
