import { Stack } from 'aws-cdk-lib';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import type * as events from 'aws-cdk-lib/aws-events';
import type * as lambda from 'aws-cdk-lib/aws-lambda';
import type * as sns from 'aws-cdk-lib/aws-sns';
import { Construct } from 'constructs';
import { type AlarmSpec, alarmProps } from './alarm-props';
import {
  detectorAlarms,
  exportAlarms,
  forwarderAlarms,
  logReaderAlarms,
  memberAccountAlarms,
  metricAlarms,
  notificationAlarms,
  queueAlarms,
  ruleAlarms,
  selfCheckAlarms,
  selftestAlarms,
  sweeperAlarms,
} from './alarm-specs';
import type { DeadLetterQueues } from './dead-letter-queues';
import type { NotificationTopic } from './notification-topic';
import type { TrailQueues } from './trail-queues';

export interface AlarmsProps {
  readonly detector: lambda.Function;

  readonly sweeper: lambda.Function;

  /** All functions of the stack. */
  readonly all: readonly lambda.Function[];

  /**
   * The function of the self-test.
   *
   * @default - no self-test is scheduled
   */
  readonly selftester?: lambda.Function | undefined;

  /**
   * The function that reads the trail's bucket, and its queues.
   *
   * @default - no trail's bucket is read
   */
  readonly logReader?: lambda.Function | undefined;
  readonly trailQueues?: TrailQueues | undefined;

  /** Whether findings go to Security Hub or to an event bus. */
  readonly exportsFindings: boolean;

  /** Whether forwarders of member accounts send to a bus of the stack. */
  readonly hasForwarders: boolean;

  /** Whether the sweeper reads member accounts. */
  readonly readsMemberAccounts: boolean;

  /** Rules that send events to the detector. */
  readonly rules: readonly events.IRule[];

  readonly queues: DeadLetterQueues;

  /** Topics of the alerts and of the routes, whose deliveries are watched. */
  readonly alertTopics: readonly sns.ITopic[];

  /** Topic that the alarms notify. */
  readonly alarmTopic: NotificationTopic;
}

/** An alarm for each way in which a layer change could go unnoticed; each says what to do. */
export class Alarms extends Construct {
  readonly all: readonly cloudwatch.IAlarm[];
  /** Those that watch no rule, so that a rule may be made after them. */
  readonly notOfRules: readonly cloudwatch.IAlarm[];

  constructor(scope: Construct, id: string, props: AlarmsProps) {
    super(scope, id);
    const { detector, sweeper, selftester, logReader, trailQueues, exportsFindings, rules, queues } = props;
    const { hasForwarders, readsMemberAccounts } = props;
    props.alarmTopic.allowAlarms();
    const action = new SnsAction(props.alarmTopic.topic);
    const make = (specs: readonly AlarmSpec[]) => specs.map((spec) => this.alarm(spec, action));
    this.notOfRules = make([
      ...detectorAlarms(detector),
      ...sweeperAlarms(sweeper),
      ...selfCheckAlarms(),
      ...(logReader === undefined || trailQueues === undefined
        ? []
        : logReaderAlarms(logReader, trailQueues)),
      ...(exportsFindings ? exportAlarms() : []),
      ...(hasForwarders ? forwarderAlarms() : []),
      ...(readsMemberAccounts ? memberAccountAlarms() : []),
      ...(selftester === undefined ? [] : selftestAlarms(selftester)),
      ...metricAlarms(props.all),
      ...queueAlarms(queues),
      ...notificationAlarms(props.alertTopics),
    ]);
    this.all = [...this.notOfRules, ...make(ruleAlarms(rules))];
  }

  private alarm(spec: AlarmSpec, action: cloudwatch.IAlarmAction): cloudwatch.Alarm {
    const alarm = new cloudwatch.Alarm(this, spec.id, {
      ...alarmProps(spec),
      alarmName: `${Stack.of(this).stackName}-${spec.id}`,
      datapointsToAlarm: spec.heartbeatPeriods ?? spec.datapointsToAlarm ?? 1,
    });
    // No action on OK: each new alarm changes to it once, so a deployment would send ten messages.
    alarm.addAlarmAction(action);
    return alarm;
  }
}
