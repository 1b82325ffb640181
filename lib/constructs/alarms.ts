import { Stack } from 'aws-cdk-lib';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import type * as events from 'aws-cdk-lib/aws-events';
import type * as lambda from 'aws-cdk-lib/aws-lambda';
import type * as sns from 'aws-cdk-lib/aws-sns';
import { Construct } from 'constructs';
import {
  detectorWatches,
  exportWatches,
  memberWatches,
  notificationWatches,
  queueWatches,
  ruleWatches,
  selftestWatches,
  sweeperWatches,
  type Watch,
} from './alarm-specs';
import type { DeadLetterQueues } from './dead-letter-queues';
import type { NotificationTopic } from './notification-topic';

export interface AlarmsProps {
  /** Function that is watched. */
  readonly detector: lambda.IFunction;

  /** Function that is watched. */
  readonly sweeper: lambda.IFunction;

  /** Whether findings go to Security Hub or to a bus. */
  readonly exportsFindings: boolean;

  /** Whether the sweeper looks through member accounts. */
  readonly readsMembers: boolean;

  /**
   * Function that is watched.
   *
   * @default - no self-test is scheduled
   */
  readonly selftester?: lambda.IFunction | undefined;

  /** Rule that is watched. */
  readonly rule: events.IRule;

  /** Queues that are watched; empty is well. */
  readonly queues: DeadLetterQueues;

  /** Topic whose deliveries are watched. */
  readonly alertTopic: sns.ITopic;

  /** Topic that tells of the alarms. */
  readonly tell: NotificationTopic;
}

/** Alarms on everything that can keep a layer change from being told; one at a time they say what to do. */
export class Alarms extends Construct {
  readonly all: readonly cloudwatch.Alarm[];

  constructor(scope: Construct, id: string, props: AlarmsProps) {
    super(scope, id);
    props.tell.allowAlarms();
    const action = new SnsAction(props.tell.topic);
    this.all = [
      ...detectorWatches(props.detector),
      ...sweeperWatches(props.sweeper),
      ...exportWatches(props.exportsFindings),
      ...memberWatches(props.readsMembers),
      ...selftestWatches(props.selftester),
      ...ruleWatches(props.rule),
      ...queueWatches(props.queues),
      ...notificationWatches(props.alertTopic),
    ].map((watch) => this.alarm(watch, action));
  }

  private alarm(watch: Watch, action: cloudwatch.IAlarmAction): cloudwatch.Alarm {
    const isSignOfLife = watch.missingFor !== undefined;
    const alarm = new cloudwatch.Alarm(this, watch.id, {
      alarmName: `${Stack.of(this).stackName}-${watch.id}`,
      alarmDescription: watch.description,
      metric: watch.metric,
      threshold: 1,
      comparisonOperator: isSignOfLife
        ? cloudwatch.ComparisonOperator.LESS_THAN_THRESHOLD
        : cloudwatch.ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
      evaluationPeriods: watch.missingFor ?? (watch.outOfThree === undefined ? 1 : 3),
      datapointsToAlarm: watch.missingFor ?? watch.outOfThree ?? 1,
      // Metrics that count failures or waiting messages are silent while there is nothing to count.
      treatMissingData: isSignOfLife
        ? cloudwatch.TreatMissingData.BREACHING
        : cloudwatch.TreatMissingData.NOT_BREACHING,
    });
    // No action on OK: each new alarm passes to it once, and a deployment would send ten messages.
    alarm.addAlarmAction(action);
    return alarm;
  }
}
