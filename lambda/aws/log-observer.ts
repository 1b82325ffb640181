import { metricNamespace, serviceName } from '../contract';
import type { Clock, MetricDimension, Observer } from '../ports';

interface Metric {
  readonly name: string;
  readonly dimension: MetricDimension;
  readonly unit: 'Count' | 'Milliseconds';
  /** One sum of a count, or each measured time. */
  readonly values: readonly number[];
}

/** CloudWatch refuses a longer array of values ("Numeric array metric targets MUST NOT have more than 100 members"). */
const maxValuesOfDocument = 100;

/**
 * Logs as JSON lines, and metrics in CloudWatch's embedded metric format, which needs neither a permission nor a call.
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch_Embedded_Metric_Format_Specification.html
 *
 * Each metric is a document of its own, so that one that CloudWatch refuses takes no other with it: alarms depend on the heartbeat.
 */
export class LogObserver implements Observer {
  private readonly metrics = new Map<string, Metric>();

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

  count(name: string, value = 1, dimension: MetricDimension = {}): void {
    this.measure({ name, dimension, unit: 'Count' }, ([sum = 0]) => [sum + value]);
  }

  milliseconds(name: string, value: number): void {
    this.measure({ name, dimension: {}, unit: 'Milliseconds' }, (values) => [...values, value]);
  }

  /** Writes out what was counted; once per invocation. */
  flush(): void {
    for (const metric of this.metrics.values())
      for (const values of chunks(metric.values))
        this.writeLine(JSON.stringify(this.embedded({ ...metric, values })));
    this.metrics.clear();
  }

  private log(level: string, message: string, details: Readonly<Record<string, unknown>>): void {
    const timestamp = this.clock.now().toISOString();
    this.writeLine(JSON.stringify({ level, timestamp, service: serviceName, message, details }));
  }

  private measure(
    of: Omit<Metric, 'values'>,
    change: (values: readonly number[]) => readonly number[],
  ): void {
    const key = JSON.stringify([of.name, of.dimension]);
    this.metrics.set(key, { ...of, values: change(this.metrics.get(key)?.values ?? []) });
  }

  private embedded({ name, dimension, unit, values }: Metric): Readonly<Record<string, unknown>> {
    return {
      _aws: {
        Timestamp: this.clock.now().getTime(),
        CloudWatchMetrics: [
          {
            Namespace: metricNamespace,
            Dimensions: [['service', ...Object.keys(dimension)]],
            Metrics: [{ Name: name, Unit: unit }],
          },
        ],
      },
      service: serviceName,
      ...dimension,
      [name]: values,
    };
  }
}

function chunks(values: readonly number[]): readonly (readonly number[])[] {
  const count = Math.ceil(values.length / maxValuesOfDocument);
  return Array.from({ length: count }, (_, index) =>
    values.slice(index * maxValuesOfDocument, (index + 1) * maxValuesOfDocument),
  );
}
