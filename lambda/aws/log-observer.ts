import { metricNamespace, serviceName } from '../contract';
import type { Clock, MetricDimension, Observer } from '../ports';

interface Measured {
  readonly unit: 'Count' | 'Milliseconds';
  /** One sum of counts; of durations each, because percentiles need them. */
  values: readonly number[];
}

/** An array of more values is dropped with its document (embedded metric format, "Specification"). */
const maxValues = 100;

interface MetricGroup {
  readonly dimension: MetricDimension;
  readonly metrics: Map<string, Measured>;
}

/**
 * Logs as JSON lines, and metrics in CloudWatch's embedded metric format, which needs neither a permission nor a call.
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch_Embedded_Metric_Format_Specification.html
 */
export class LogObserver implements Observer {
  private readonly groups = new Map<string, MetricGroup>();

  constructor(
    private readonly clock: Clock,
    private readonly writeLine: (line: string) => void,
  ) {}

  info(message: string, details: Readonly<Record<string, unknown>>): void {
    this.log('INFO', message, details);
  }

  warn(message: string, details: Readonly<Record<string, unknown>>): void {
    this.log('WARN', message, details);
  }

  count(metric: string, value = 1, dimension: MetricDimension = {}): void {
    this.measure(metric, 'Count', value, dimension);
  }

  milliseconds(metric: string, value: number): void {
    this.measure(metric, 'Milliseconds', value, {});
  }

  /** Writes out what was counted; once per invocation. */
  flush(): void {
    for (const group of this.groups.values()) this.writeLine(JSON.stringify(this.embedded(group)));
    this.groups.clear();
  }

  private log(level: string, message: string, details: Readonly<Record<string, unknown>>): void {
    const timestamp = this.clock.now().toISOString();
    this.writeLine(JSON.stringify({ level, timestamp, service: serviceName, message, details }));
  }

  private measure(metric: string, unit: Measured['unit'], value: number, dimension: MetricDimension): void {
    const key = JSON.stringify(dimension);
    const group = this.groups.get(key) ?? { dimension, metrics: new Map<string, Measured>() };
    const measured = group.metrics.get(metric) ?? { unit, values: [] };
    measured.values = unit === 'Count' ? [(measured.values[0] ?? 0) + value] : [...measured.values, value];
    this.groups.set(key, { dimension, metrics: group.metrics.set(metric, measured) });
    if (measured.values.length === maxValues) this.flush();
  }

  private embedded({ dimension, metrics }: MetricGroup): Readonly<Record<string, unknown>> {
    const definitions = [...metrics].map(([Name, { unit }]) => ({ Name, Unit: unit }));
    const values = [...metrics].map(([name, measured]) => [name, measured.values] as const);
    return {
      _aws: {
        Timestamp: this.clock.now().getTime(),
        CloudWatchMetrics: [
          {
            Namespace: metricNamespace,
            Dimensions: [['service', ...Object.keys(dimension)]],
            Metrics: definitions,
          },
        ],
      },
      service: serviceName,
      ...dimension,
      ...Object.fromEntries(values),
    };
  }
}
