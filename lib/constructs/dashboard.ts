import { Duration, Stack } from 'aws-cdk-lib';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import type * as lambda from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';
import { metric } from '../../lambda/contract';
import { bands } from '../../lambda/detection/band';
import type { AlertTables } from './alert-tables';
import type { DeadLetterQueues } from './dead-letter-queues';
import { layerwatchMetric } from './metrics';

export interface DashboardProps {
  readonly detector: lambda.IFunction;

  readonly sweeper: lambda.IFunction;

  readonly queues: DeadLetterQueues;

  readonly tables: AlertTables;
}

const period = Duration.minutes(10);

/** One page: alerts and notifications, how fast they are, what was missed or withheld, whether the sweeps run, what the tables use. */
export class Dashboard extends Construct {
  constructor(scope: Construct, id: string, props: DashboardProps) {
    super(scope, id);
    new cloudwatch.Dashboard(this, 'Dashboard', {
      dashboardName: `${Stack.of(this).stackName}-${Stack.of(this).region}`,
      defaultInterval: Duration.days(3),
      widgets: [
        [graph('Alerts by band', bands.map(alertsOfBand)), graph('From event to notification', latencies())],
        [
          graph('Notifications', [own(metric.notified), own(metric.withheld), own(metric.duplicates)]),
          graph('Caught by the sweep', [own(metric.missedByEvents), own(metric.finishedBySweep)]),
        ],
        [
          graph('Sweeps and their gaps', [own(metric.sweepHeartbeat), own(metric.sweepGapMinutes)]),
          graph('Waiting events', [
            props.queues.undeliveredEvents.metricApproximateNumberOfMessagesVisible({ period }),
            props.queues.failedEvents.metricApproximateNumberOfMessagesVisible({ period }),
          ]),
        ],
        [
          graph('Runs', [
            props.detector.metricInvocations({ period }),
            props.sweeper.metricInvocations({ period }),
          ]),
          graph('Write units', [
            props.tables.alerts.metricConsumedWriteCapacityUnits({ period }),
            props.tables.state.metricConsumedWriteCapacityUnits({ period }),
          ]),
        ],
      ],
    });
  }
}

function graph(title: string, left: cloudwatch.IMetric[]): cloudwatch.GraphWidget {
  return new cloudwatch.GraphWidget({ title, left, width: 12, height: 6 });
}

function own(metricName: string): cloudwatch.Metric {
  return layerwatchMetric(metricName, { period });
}

function alertsOfBand(band: string): cloudwatch.Metric {
  return layerwatchMetric(metric.alertsByBand, { period, label: band }, { band });
}

function latencies(): cloudwatch.Metric[] {
  return [cloudwatch.Stats.p(50), cloudwatch.Stats.p(99)].map((statistic) =>
    layerwatchMetric(metric.eventToNotification, { period, statistic }),
  );
}
