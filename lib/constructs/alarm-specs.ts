import { Duration } from 'aws-cdk-lib';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import type * as events from 'aws-cdk-lib/aws-events';
import type * as lambda from 'aws-cdk-lib/aws-lambda';
import type * as sns from 'aws-cdk-lib/aws-sns';
import { metric } from '../../lambda/contract';
import type { AlarmSpec } from './alarm-props';
import { type DeadLetterQueues, waitingEventsAlarm } from './dead-letter-queues';
import { layerwatchMetric } from './metrics';
import type { TrailQueues } from './trail-queues';

export function detectorAlarms(detector: lambda.IFunction): AlarmSpec[] {
  return [
    {
      id: 'DetectorErrors',
      metric: functionMetric('Errors', detector, Duration.minutes(5)),
      // A single error is expected: of two deliveries at the same time one fails on purpose and is retried.
      datapointsToAlarm: 2,
      description:
        'The detector keeps failing. Read its log for the error; events that fail three times wait in the FailedEvents queue, so nothing is lost yet.',
    },
    {
      id: 'DetectorThrottles',
      metric: functionMetric('Throttles', detector, Duration.minutes(5)),
      datapointsToAlarm: 2,
      description:
        "The detector is throttled, so alerts are late. Lambda retries for six hours: find what uses up the account's concurrency, or ask for more.",
    },
    {
      id: 'DetectorDroppedEvents',
      metric: functionMetric('AsyncEventsDropped', detector, Duration.minutes(1)),
      description:
        'Lambda dropped an event, so an alert is missing. Find the cause in its log and fix it, then run npx layerwatch redrive; it takes the event from the FailedEvents queue.',
    },
    {
      id: 'DetectorDestinationFailures',
      metric: functionMetric('DestinationDeliveryFailures', detector, Duration.minutes(1)),
      description:
        'An event that failed could not be sent to the FailedEvents queue and is lost. Check the detector role, the queue and its key, then replay the hour from the CloudTrail logs.',
    },
  ];
}

export function sweeperAlarms(sweeper: lambda.IFunction): AlarmSpec[] {
  return [
    {
      id: 'SweeperErrors',
      metric: functionMetric('Errors', sweeper, Duration.minutes(10)),
      datapointsToAlarm: 2,
      description:
        'The sweeper keeps failing, so calls without an event are not caught. Read its log for the error; the next run that succeeds reads the hours since, up to 24.',
    },
    {
      id: 'SweepMissing',
      metric: layerwatchMetric(metric.sweepHeartbeat, everyRun),
      heartbeatPeriods: 3,
      description:
        "No sweep has read CloudTrail's event history for half an hour. Read the sweeper's log and check that its schedule is enabled; the next sweep reads what was missed, up to 24 hours.",
    },
    {
      id: 'SweepGap',
      metric: layerwatchMetric(metric.sweepGapMinutes, everyRun),
      description:
        'Some hours of the event history were not read and can no longer be read; a message names them. Replay these hours from the CloudTrail logs, and find out in the log why the sweeper did not run.',
    },
    {
      id: 'EventsMissed',
      metric: layerwatchMetric(metric.missedByEvents, everyRun),
      description:
        'The sweep found calls without an event; their alerts were sent. Check that the rule is enabled and reaches the detector. CloudTrail delivers to EventBridge on a best-effort basis, so a single one may happen.',
    },
    {
      id: 'BaselineDrift',
      metric: layerwatchMetric(metric.baselineDrift, everyRun),
      description:
        "A function's layers differ from those of its last call that Layerwatch has seen, so a call was missed. Read the sweeper's log for the function and its layers, and replay the hours before from the CloudTrail logs.",
    },
  ];
}

export function logReaderAlarms(logReader: lambda.IFunction, queues: TrailQueues): AlarmSpec[] {
  return [
    {
      id: 'LogReaderErrors',
      metric: functionMetric('Errors', logReader, Duration.minutes(5)),
      datapointsToAlarm: 2,
      description:
        "The log reader keeps failing, so the trail's bucket is not read. Read its log for the error; the messages wait in their queue for 14 days.",
    },
    waitingEventsAlarm(
      'UndecidedObjectsWaiting',
      queues.undecidedObjects,
      "Objects of the trail's bucket could not be decided. Read the log reader's log for the objects and the reasons, fix the cause, and run npx layerwatch redrive within 14 days.",
    ),
    {
      id: 'TrailObjectsDelayed',
      metric: queues.objects.metricApproximateAgeOfOldestMessage({
        period: Duration.minutes(5),
        statistic: cloudwatch.Stats.MAXIMUM,
      }),
      threshold: Duration.hours(1).toSeconds(),
      description:
        "An object of the trail's bucket has waited for an hour. Check that the log reader runs and is not throttled; a backlog after an outage is worked off by itself.",
    },
    {
      id: 'TrailObjectsMissing',
      metric: layerwatchMetric(metric.objectsRead, { period: Duration.hours(1) }),
      heartbeatPeriods: 2,
      description:
        "No object of the trail's bucket was read for two hours. Run npx layerwatch doctor, and check that the bucket or its topic notifies the queue of the output TrailObjectsQueueArn.",
    },
  ];
}

/** What the sweep finds wrong with what Layerwatch stands on. */
export function selfCheckAlarms(): AlarmSpec[] {
  return [
    {
      id: 'TrailStopped',
      metric: layerwatchMetric(metric.trailsStopped, everyRun),
      description:
        'No trail logs the management events of this region, so EventBridge receives no call of Lambda. Find who stopped it, and start it: aws cloudtrail start-logging --name TRAIL. Replay the time since from the event history.',
    },
    {
      id: 'SubscribersMissing',
      metric: layerwatchMetric(metric.subscribersMissing, everyRun),
      description:
        "A topic has no confirmed subscription, or lost one. Read the sweeper's log for the topic, find who unsubscribed, and subscribe again; a subscription by email has to be confirmed.",
    },
    {
      id: 'FunctionsChanged',
      metric: layerwatchMetric(metric.functionsChanged, everyRun),
      description:
        "A function may not run, may not be invoked by its rule, or loses its failed events. Read the sweeper's log for what changed, find who changed it, and deploy the stack again.",
    },
    {
      id: 'RulesChanged',
      metric: layerwatchMetric(metric.rulesChanged, everyRun),
      description:
        "A rule is disabled, selects less than it was deployed with, or sends elsewhere. Read the sweeper's log for the rule, find who changed it, and deploy the stack again.",
    },
    {
      id: 'ChecksFailed',
      metric: layerwatchMetric(metric.checksFailed, everyRun),
      datapointsToAlarm: 2,
      description:
        "The sweep could not look at what Layerwatch stands on. Read the sweeper's log for the reason; a denied call means that a policy forbids what the role of the sweeper allows.",
    },
  ];
}

export function exportAlarms(): AlarmSpec[] {
  return [
    {
      id: 'FindingsNotExported',
      metric: layerwatchMetric(metric.findingsNotExported, everyRun),
      description:
        'Security Hub or the event bus is owed findings for over an hour; their alerts were stored and notified, and each sweep tries again. npx layerwatch show ID has the reason: Security Hub may be off in this region, or the bus deleted.',
    },
  ];
}

export function forwarderAlarms(): AlarmSpec[] {
  return [
    {
      id: 'ForwardersSilent',
      metric: layerwatchMetric(metric.forwardersSilent, everyRun),
      datapointsToAlarm: 2,
      description:
        "Forwarders of member accounts were not heard for three hours, so calls there do not come as events. Run npx layerwatch doctor, which names accounts and regions, and deploy the forwarder there again; the trail's bucket still brings the calls where trailBucket is set.",
    },
  ];
}

export function memberAccountAlarms(): AlarmSpec[] {
  return [
    {
      id: 'MemberAccountsUnread',
      metric: layerwatchMetric(metric.memberAccountsUnread, everyRun),
      datapointsToAlarm: 2,
      description:
        'The sweep could not list the functions of some member accounts and regions, so the layers before a first call are not known there, and alerts lack what Lambda says. Run npx layerwatch doctor, which names each with the reason.',
    },
  ];
}

export function selftestAlarms(selftester: lambda.IFunction): AlarmSpec[] {
  return [
    {
      id: 'SelftestFailed',
      metric: functionMetric('Errors', selftester, Duration.minutes(10)),
      description:
        'The weekly self-test made a call and no alert followed, or SNS did not accept its message: Layerwatch may be blind. Run npx layerwatch doctor, fix what it finds, then run npx layerwatch selftest.',
    },
    {
      id: 'SelftestOverdue',
      metric: layerwatchMetric(metric.selftestOverdue, everyRun),
      description:
        "The weekly self-test has not passed for more than eight days. Check that its schedule is enabled and read its function's log; npx layerwatch selftest runs the test now.",
    },
  ];
}

/** Metrics that CloudWatch refuses are missing, and a count that is missing does not alarm. */
export function metricAlarms(functions: readonly lambda.Function[]): AlarmSpec[] {
  const refused = functions.flatMap(({ logGroup: { logGroupName } }) =>
    ['EMFValidationErrors', 'EMFParsingErrors'].map((name) =>
      awsMetric('AWS/Logs', name, { LogGroupName: logGroupName }, Duration.minutes(5)),
    ),
  );
  return [
    {
      id: 'MetricsRefused',
      metric: sum(refused, 'Metrics that CloudWatch refused', Duration.minutes(5)),
      description:
        "CloudWatch refused metrics of a Layerwatch function, so other alarms may not fire. Read the metrics in the function's log, and check for a newer version of Layerwatch; npx layerwatch doctor shows whether the sweep works.",
    },
  ];
}

/** An event that one rule could not hand over may be the only one. */
export function ruleAlarms(rules: readonly events.IRule[]): AlarmSpec[] {
  const sumOf = (name: string, label: string) =>
    sum(
      rules.map(({ ruleName }) => awsMetric('AWS/Events', name, { RuleName: ruleName }, Duration.minutes(1))),
      label,
      Duration.minutes(1),
    );
  return [
    {
      id: 'RuleFailedInvocations',
      metric: sumOf('FailedInvocations', 'Events that could not be delivered'),
      description:
        'EventBridge could not invoke the detector. Check that the function exists and that its rules may invoke it; the event waits in the UndeliveredEvents queue.',
    },
    {
      id: 'RuleLostEvents',
      metric: sumOf('InvocationsFailedToBeSentToDlq', 'Events that were lost'),
      description:
        'EventBridge could neither invoke the detector nor keep the event, so it is lost. Check the policy and the key of the UndeliveredEvents queue, then replay the hour from the CloudTrail logs.',
    },
  ];
}

/** An alarm has one metric or expression. */
function sum(metrics: readonly cloudwatch.IMetric[], label: string, period: Duration): cloudwatch.IMetric {
  const [only, ...others] = metrics;
  if (only !== undefined && others.length === 0) return only;
  const usingMetrics = Object.fromEntries(metrics.map((each, index) => [`m${index}`, each]));
  return new cloudwatch.MathExpression({ expression: 'SUM(METRICS())', label, period, usingMetrics });
}

export function queueAlarms(queues: DeadLetterQueues): AlarmSpec[] {
  return [
    waitingEventsAlarm(
      'UndeliveredEventsWaiting',
      queues.undeliveredEvents,
      'EventBridge could not deliver events to the detector, or calls on Layerwatch itself to the topic of the alarms. Run npx layerwatch redrive --dry-run to read why, fix the cause, and run npx layerwatch redrive within 14 days.',
    ),
    waitingEventsAlarm(
      'FailedEventsWaiting',
      queues.failedEvents,
      'The detector failed on events. Run npx layerwatch redrive --dry-run to read why, fix the cause, and run npx layerwatch redrive within 14 days.',
    ),
  ];
}

/** @param topics those of the alerts and of the routes */
export function notificationAlarms(topics: readonly sns.ITopic[]): AlarmSpec[] {
  const parts = Array.from({ length: Math.ceil(topics.length / maxMetricsOfAlarm) }, (_, index) =>
    topics.slice(index * maxMetricsOfAlarm, (index + 1) * maxMetricsOfAlarm),
  );
  return [
    ...parts.map((part, index) => undeliveredAlarm(part, index === 0 ? '' : String(index + 1))),
    {
      id: 'NotificationsWithheld',
      metric: layerwatchMetric(metric.withheld, { period: Duration.minutes(5) }),
      description:
        'There were more alerts than the notification budget allows; the rest are stored, and the next sweep sends one digest of them. Look for who makes so many changes, and read the alerts until then by npx layerwatch alerts --disposition withhold.',
    },
  ];
}

/** The sweeper runs every ten minutes. */
const everyRun = { period: Duration.minutes(10) };

function functionMetric(metricName: string, { functionName }: lambda.IFunction, period: Duration) {
  return awsMetric('AWS/Lambda', metricName, { FunctionName: functionName }, period);
}

function awsMetric(
  namespace: string,
  metricName: string,
  dimensionsMap: Record<string, string>,
  period: Duration,
): cloudwatch.Metric {
  return new cloudwatch.Metric({
    namespace,
    metricName,
    dimensionsMap,
    period,
    statistic: cloudwatch.Stats.SUM,
  });
}

/** An alarm on an expression takes no more metrics (CloudWatch, metric math). */
const maxMetricsOfAlarm = 10;

function undeliveredAlarm(topics: readonly sns.ITopic[], suffix: string): AlarmSpec {
  const period = Duration.minutes(5);
  const failed = topics.map(({ topicName }) =>
    awsMetric('AWS/SNS', 'NumberOfNotificationsFailed', { TopicName: topicName }, period),
  );
  return {
    id: `NotificationsUndelivered${suffix}`,
    metric: sum(failed, 'Messages that were not delivered', period),
    description:
      "SNS could not deliver an alert to a subscriber. Check the topic's subscriptions, and read the missed alerts in the alert table.",
  };
}
