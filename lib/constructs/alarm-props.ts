import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';

/** What an alarm watches, when it fires, and what it says. */
export interface AlarmSpec {
  /** Part of the alarm's name, and the title of its section in docs/runbook.md. */
  readonly id: string;

  readonly metric: cloudwatch.IMetric;

  /**
   * The alarm fires from this value on.
   *
   * @default 1
   */
  readonly threshold?: number;

  /** What happened and what to do. */
  readonly description: string;

  /**
   * How many of the last three periods have to breach.
   *
   * @default - one breach fires the alarm
   */
  readonly datapointsToAlarm?: 2;

  /**
   * The metric is a heartbeat: the alarm fires after so many periods in a row without one.
   *
   * @default - the metric counts failures or waiting messages; one or more of them breach
   */
  readonly heartbeatPeriods?: number;
}

/** Whether the absence of the metric is the alarm. */
function isHeartbeat({ heartbeatPeriods }: AlarmSpec): boolean {
  return heartbeatPeriods !== undefined;
}

/** The properties of the alarm, but for its name. */
export function alarmProps(spec: AlarmSpec): cloudwatch.AlarmProps {
  const { metric, description, threshold = 1, heartbeatPeriods, datapointsToAlarm } = spec;
  return {
    alarmDescription: description,
    metric,
    threshold,
    comparisonOperator: isHeartbeat(spec)
      ? cloudwatch.ComparisonOperator.LESS_THAN_THRESHOLD
      : cloudwatch.ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
    evaluationPeriods: heartbeatPeriods ?? (datapointsToAlarm === undefined ? 1 : 3),
    // Metrics that count failures or waiting messages have no data while there is nothing to count.
    treatMissingData: isHeartbeat(spec)
      ? cloudwatch.TreatMissingData.BREACHING
      : cloudwatch.TreatMissingData.NOT_BREACHING,
  };
}
