import { Duration } from 'aws-cdk-lib';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import type * as events from 'aws-cdk-lib/aws-events';
import type * as lambda from 'aws-cdk-lib/aws-lambda';
import type * as sns from 'aws-cdk-lib/aws-sns';
import { metric, metricNamespace, serviceName } from '../../lambda/contract';
import type { DeadLetterQueues } from './dead-letter-queues';

/** What is watched, and what whoever is woken has to know. */
export interface Watch {
  readonly id: string;
  readonly metric: cloudwatch.IMetric;
  /** What it means and what to do. */
  readonly description: string;
  /** Alarms when nothing was counted in so many periods in a row: what is watched is a sign of life. */
  readonly missingFor?: number;
  /** How many of the last three periods have to be bad; without it the first bad one alarms. */
  readonly outOfThree?: 2;
}

export function detectorWatches(detector: lambda.IFunction): Watch[] {
  const dimensionsMap = { FunctionName: detector.functionName };
  return [
    {
      id: 'DetectorErrors',
      metric: sum('AWS/Lambda', 'Errors', dimensionsMap, Duration.minutes(5)),
      // A single error is normal: an event delivered twice at the same time fails once on purpose and is retried.
      outOfThree: 2,
      description:
        'The detector keeps failing. Read its log for the error; events that fail three times wait in the FailedEvents queue, so nothing is lost yet.',
    },
    {
      id: 'DetectorThrottles',
      metric: sum('AWS/Lambda', 'Throttles', dimensionsMap, Duration.minutes(5)),
      outOfThree: 2,
      description:
        "The detector is throttled, so alerts are late. Lambda retries for six hours: find what uses up the account's concurrency, or ask for more.",
    },
    {
      id: 'DetectorDroppedEvents',
      metric: sum('AWS/Lambda', 'AsyncEventsDropped', dimensionsMap, Duration.minutes(1)),
      description:
        'Lambda gave up on an event, so an alert is missing. Find the cause in its log and mend it, then run npx layerwatch redrive; it takes the event from the FailedEvents queue.',
    },
    {
      id: 'DetectorDestinationFailures',
      metric: sum('AWS/Lambda', 'DestinationDeliveryFailures', dimensionsMap, Duration.minutes(1)),
      description:
        'An event that failed could not be put into the FailedEvents queue and is lost. Check the detector role, the queue and its key, then replay the hour from the CloudTrail logs.',
    },
  ];
}

export function sweeperWatches(sweeper: lambda.IFunction): Watch[] {
  return [
    {
      id: 'SweeperErrors',
      metric: sum('AWS/Lambda', 'Errors', { FunctionName: sweeper.functionName }, Duration.minutes(10)),
      outOfThree: 2,
      description:
        'The sweeper keeps failing, so calls that no event brings are not caught. Read its log for the error; the next run that succeeds looks through the hours since, 24 at most.',
    },
    {
      id: 'SweepMissing',
      metric: sum(metricNamespace, metric.sweepHeartbeat, { service: serviceName }, Duration.minutes(10)),
      missingFor: 3,
      description:
        "No sweep has looked through CloudTrail's event history for half an hour. Read the sweeper's log and check that its schedule is enabled; it catches up over 24 hours by itself.",
    },
    {
      id: 'SweepGap',
      metric: sum(metricNamespace, metric.sweepGapMinutes, { service: serviceName }, Duration.minutes(10)),
      description:
        'Some hours were not looked through and cannot be any more; a message names them. Replay these hours from the CloudTrail logs, and find out in the log why the sweeper did not run.',
    },
    {
      id: 'EventsMissed',
      metric: sum(metricNamespace, metric.missedByEvents, { service: serviceName }, Duration.minutes(10)),
      description:
        "The sweep found calls that no event had brought; their alerts were sent. Check that the rule is enabled and reaches the detector; CloudTrail's delivery to EventBridge is on a best-effort basis, so a single one may happen.",
    },
    {
      id: 'BaselineDrift',
      metric: sum(metricNamespace, metric.baselineDrift, { service: serviceName }, Duration.minutes(10)),
      description:
        "A function's layers are not those of the last call that Layerwatch has seen, so a call was missed. Read the sweeper's log for the function and its layers, and replay the hours before from the CloudTrail logs.",
    },
  ];
}

export function exportWatches(isWatched: boolean): Watch[] {
  if (!isWatched) return [];
  return [
    {
      id: 'FindingsNotExported',
      metric: sum(
        metricNamespace,
        metric.findingsNotExported,
        { service: serviceName },
        Duration.minutes(10),
      ),
      description:
        "Findings could not be handed on to Security Hub or to the event bus; their alerts were stored and told. Read the detector's log for the reason: Security Hub may be off in this region, or the bus gone.",
    },
  ];
}

export function memberWatches(isWatched: boolean): Watch[] {
  if (!isWatched) return [];
  return [
    {
      id: 'MemberAccountsUnread',
      metric: sum(
        metricNamespace,
        metric.memberAccountsUnread,
        { service: serviceName },
        Duration.minutes(10),
      ),
      outOfThree: 2,
      description:
        'Some member accounts of the organization could not be looked through, so what the events miss there is not caught. Run npx layerwatch doctor: it names each account and why.',
    },
  ];
}

export function selftestWatches(selftester: lambda.IFunction | undefined): Watch[] {
  if (selftester === undefined) return [];
  return [
    {
      id: 'SelftestFailed',
      metric: sum('AWS/Lambda', 'Errors', { FunctionName: selftester.functionName }, Duration.minutes(10)),
      description:
        'The weekly self-test made a call and no alert of it came, or SNS did not accept its message: Layerwatch may be blind. Run npx layerwatch doctor, mend what it names, then npx layerwatch selftest.',
    },
    {
      id: 'SelftestOverdue',
      metric: sum(metricNamespace, metric.selftestOverdue, { service: serviceName }, Duration.minutes(10)),
      description:
        "The weekly self-test has not passed for more than eight days. Check that its schedule is enabled and read its function's log; npx layerwatch selftest makes the test now.",
    },
  ];
}

export function ruleWatches(rule: events.IRule): Watch[] {
  const dimensionsMap = { RuleName: rule.ruleName };
  return [
    {
      id: 'RuleFailedInvocations',
      metric: sum('AWS/Events', 'FailedInvocations', dimensionsMap, Duration.minutes(1)),
      description:
        'EventBridge could not hand an event to the detector. Check that the function exists and that the rule may invoke it; the event waits in the UndeliveredEvents queue.',
    },
    {
      id: 'RuleLostEvents',
      metric: sum('AWS/Events', 'InvocationsFailedToBeSentToDlq', dimensionsMap, Duration.minutes(1)),
      description:
        'EventBridge could neither hand over an event nor keep it, so it is lost. Check the policy and the key of the UndeliveredEvents queue, then replay the hour from the CloudTrail logs.',
    },
  ];
}

export function queueWatches(queues: DeadLetterQueues): Watch[] {
  return [
    {
      id: 'UndeliveredEventsWaiting',
      metric: queues.undeliveredEvents.metricApproximateNumberOfMessagesVisible(latest),
      description:
        'Events wait that EventBridge could not hand to the detector. Run npx layerwatch redrive --dry-run to read why, mend the cause, and run npx layerwatch redrive within 14 days.',
    },
    {
      id: 'FailedEventsWaiting',
      metric: queues.failedEvents.metricApproximateNumberOfMessagesVisible(latest),
      description:
        'Events wait on which the detector failed. Run npx layerwatch redrive --dry-run to read why, mend the cause, and run npx layerwatch redrive within 14 days.',
    },
  ];
}

export function notificationWatches(topic: sns.ITopic): Watch[] {
  return [
    {
      id: 'NotificationsUndelivered',
      metric: sum(
        'AWS/SNS',
        'NumberOfNotificationsFailed',
        { TopicName: topic.topicName },
        Duration.minutes(5),
      ),
      description:
        "SNS could not deliver an alert to a subscriber. Check the topic's subscriptions, and read what was missed in the alert table.",
    },
    {
      id: 'NotificationsWithheld',
      metric: sum(metricNamespace, metric.withheld, { service: serviceName }, Duration.minutes(5)),
      description:
        'More alerts arose than the notification budget allows; the rest is stored, and the next sweep sends one digest of it. Look for who makes so many changes, and read the alerts in the table by its index "undelivered" until then.',
    },
  ];
}

const latest = { statistic: cloudwatch.Stats.MAXIMUM, period: Duration.minutes(5) };

function sum(namespace: string, metricName: string, dimensionsMap: Record<string, string>, period: Duration) {
  return new cloudwatch.Metric({
    namespace,
    metricName,
    dimensionsMap,
    period,
    statistic: cloudwatch.Stats.SUM,
  });
}
