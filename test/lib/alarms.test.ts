import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Template } from 'aws-cdk-lib/assertions';
import { Match } from 'aws-cdk-lib/assertions';
import { metric, metricNamespace } from '../../lambda/contract';
import { idOf, resourcesOf, templateOf } from './synthesis';

let template: Template;
beforeAll(() => {
  template = templateOf();
});

const alarmsOf = (from: Template) => Object.values(resourcesOf(from, 'AWS::CloudWatch::Alarm'));

test.each([
  ['DetectorErrors', 'AWS/Lambda', 'Errors', 'FunctionName'],
  ['DetectorThrottles', 'AWS/Lambda', 'Throttles', 'FunctionName'],
  ['DetectorDroppedEvents', 'AWS/Lambda', 'AsyncEventsDropped', 'FunctionName'],
  ['DetectorDestinationFailures', 'AWS/Lambda', 'DestinationDeliveryFailures', 'FunctionName'],
  ['SweeperErrors', 'AWS/Lambda', 'Errors', 'FunctionName'],
  ['SweepGap', metricNamespace, metric.sweepGapMinutes, 'service'],
  ['EventsMissed', metricNamespace, metric.missedByEvents, 'service'],
  ['BaselineDrift', metricNamespace, metric.baselineDrift, 'service'],
  ['TrailStopped', metricNamespace, metric.trailsStopped, 'service'],
  ['SubscribersMissing', metricNamespace, metric.subscribersMissing, 'service'],
  ['FunctionsChanged', metricNamespace, metric.functionsChanged, 'service'],
  ['RulesChanged', metricNamespace, metric.rulesChanged, 'service'],
  ['ChecksFailed', metricNamespace, metric.checksFailed, 'service'],
  ['UndeliveredEventsWaiting', 'AWS/SQS', 'ApproximateNumberOfMessagesVisible', 'QueueName'],
  ['FailedEventsWaiting', 'AWS/SQS', 'ApproximateNumberOfMessagesVisible', 'QueueName'],
  ['NotificationsUndelivered', 'AWS/SNS', 'NumberOfNotificationsFailed', 'TopicName'],
  ['NotificationsWithheld', metricNamespace, metric.withheld, 'service'],
])('%s watches %s %s by %s', (id, namespace, metricName, dimension) => {
  template.hasResourceProperties('AWS::CloudWatch::Alarm', {
    AlarmName: `Layerwatch-${id}`,
    Namespace: namespace,
    MetricName: metricName,
    Dimensions: [{ Name: dimension, Value: Match.anyValue() }],
    Threshold: 1,
    ComparisonOperator: 'GreaterThanOrEqualToThreshold',
    TreatMissingData: 'notBreaching',
  });
});

test('a sweep that does not come alarms after half an hour of silence', () => {
  template.hasResourceProperties('AWS::CloudWatch::Alarm', {
    AlarmName: 'Layerwatch-SweepMissing',
    Namespace: metricNamespace,
    MetricName: metric.sweepHeartbeat,
    Period: 600,
    EvaluationPeriods: 3,
    DatapointsToAlarm: 3,
    Threshold: 1,
    ComparisonOperator: 'LessThanThreshold',
    TreatMissingData: 'breaching',
  });
});

test('metrics that CloudWatch refuses in the log of either function alarm', () => {
  const [refused] = alarmsOf(template).filter(
    ({ Properties }) => Properties['AlarmName'] === 'Layerwatch-MetricsRefused',
  );
  const metrics = JSON.stringify(refused?.Properties['Metrics']);
  for (const name of ['EMFValidationErrors', 'EMFParsingErrors', 'DetectorLogs', 'SweeperLogs'])
    expect(metrics).toContain(name);
  expect(refused?.Properties).toMatchObject({ Threshold: 1, TreatMissingData: 'notBreaching' });
});

const namedAlarm = (from: Template, id: string) =>
  alarmsOf(from).find(({ Properties }) => Properties['AlarmName'] === `Layerwatch-${id}`)?.Properties;

test.each([
  ['RuleFailedInvocations', 'FailedInvocations'],
  ['RuleLostEvents', 'InvocationsFailedToBeSentToDlq'],
])('%s watches %s of every rule that sends to the detector', (id, metricName) => {
  const alarm = namedAlarm(
    templateOf({ email: 'security@example.com', organization: { id: 'o-exampleorgid' } }),
    id,
  );
  const watched = JSON.stringify(alarm?.['Metrics']);
  for (const rule of ['LayerRule701', 'LayerRuleLifecycle', 'LayerRuleTampering', 'HubRule'])
    expect(watched).toContain(rule);
  expect(watched).toContain(metricName);
  expect(alarm).toMatchObject({ Threshold: 1, EvaluationPeriods: 1, TreatMissingData: 'notBreaching' });
});

test('with routes, NotificationsUndelivered watches their topics too', () => {
  const routes = [{ name: 'payments', accounts: ['123456789012'], email: 'payments@example.com' }];
  const alarm = namedAlarm(templateOf({ email: 'security@example.com', routes }), 'NotificationsUndelivered');
  const watched = JSON.stringify(alarm?.['Metrics']);
  for (const topic of ['AlertsTopic', 'RoutepaymentsTopic']) expect(watched).toContain(topic);
});

test('the two queues are watched apart', () => {
  const watched = alarmsOf(template).filter(({ Properties }) => Properties['Namespace'] === 'AWS/SQS');
  expect(new Set(watched.map(({ Properties }) => JSON.stringify(Properties['Dimensions']))).size).toBe(2);
});

test('every alarm has a name, says what to do and notifies the topic of the alarms', () => {
  expect(alarmsOf(template)).toHaveLength(21);
  for (const { Properties } of alarmsOf(template)) {
    expect(Properties['AlarmName']).toMatch(/^Layerwatch-\w+$/);
    expect(Properties['AlarmDescription']).toMatch(/\b(check|read|take|find|look)\b/i);
    expect(Properties['AlarmActions']).toEqual([{ Ref: idOf(template, 'AWS::SNS::Topic', 'AlarmNotices') }]);
  }
});

test('a single error is let pass, a dropped event is not', () => {
  template.hasResourceProperties('AWS::CloudWatch::Alarm', {
    MetricName: 'Errors',
    EvaluationPeriods: 3,
    DatapointsToAlarm: 2,
  });
  for (const metricName of ['AsyncEventsDropped', 'DestinationDeliveryFailures']) {
    template.hasResourceProperties('AWS::CloudWatch::Alarm', {
      MetricName: metricName,
      Period: 60,
      EvaluationPeriods: 1,
      DatapointsToAlarm: 1,
    });
  }
});

test('without alarmEmail, the address of the alerts is subscribed to the topic of the alarms too', () => {
  template.hasResourceProperties('AWS::SNS::Subscription', {
    TopicArn: { Ref: idOf(template, 'AWS::SNS::Topic', 'AlarmNotices') },
    Endpoint: 'security@example.com',
  });
});

describe('with alarmEmail', () => {
  const own = () => templateOf({ email: 'security@example.com', alarmEmail: 'operations@example.com' });

  test('the topic of the alarms has that subscriber', () => {
    const apart = own();
    const topic = { Ref: idOf(apart, 'AWS::SNS::Topic', 'AlarmNotices') };
    for (const { Properties } of alarmsOf(apart)) expect(Properties['AlarmActions']).toEqual([topic]);
    apart.hasResourceProperties('AWS::SNS::Subscription', {
      TopicArn: topic,
      Protocol: 'email',
      Endpoint: 'operations@example.com',
    });
  });

  test('alarms may publish to that topic only', () => {
    const mayPublish = Object.values(resourcesOf(own(), 'AWS::SNS::TopicPolicy')).filter((policy) =>
      JSON.stringify(policy).includes('cloudwatch.amazonaws.com'),
    );
    expect(mayPublish).toHaveLength(1);
    expect(JSON.stringify(mayPublish)).toContain('AlarmNotices');
  });
});

test('the runbook has a section for each alarm and none for another', () => {
  const runbook = readFileSync(join(__dirname, '..', '..', 'docs', 'runbook.md'), 'utf8');
  const sections = [...runbook.matchAll(/^## (\w+)$/gm)].map(([, name]) => `Layerwatch-${name}`);
  const names = alarmsOf(
    templateOf({
      selftest: true,
      securityHub: true,
      organization: { id: 'o-a1b2c3d4e5', externalId: 'layerwatch' },
      trailBucket: { bucket: 'audit-logs' },
    }),
  ).map(({ Properties }) => String(Properties['AlarmName']));
  expect([...sections].sort()).toEqual([...names].sort());
});
