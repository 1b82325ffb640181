import { Logger } from '@aws-lambda-powertools/logger';
import { Metrics, MetricUnit } from '@aws-lambda-powertools/metrics';
import { metricNamespace, serviceName } from '../contract';
import type { MetricDimension, Observer } from '../ports';

/** Structured logs, and metrics in the embedded metric format, which need no permission and no call. */
export class PowertoolsObserver implements Observer {
  private readonly logger = new Logger({ serviceName });
  private readonly metrics = new Metrics({ namespace: metricNamespace, serviceName });

  info(message: string, details: Readonly<Record<string, unknown>>): void {
    this.logger.info(message, { details });
  }

  warn(message: string, details: Readonly<Record<string, unknown>>): void {
    this.logger.warn(message, { details });
  }

  count(metric: string, value = 1, dimension?: MetricDimension): void {
    if (dimension === undefined) {
      this.metrics.addMetric(metric, MetricUnit.Count, value);
      return;
    }
    const single = this.metrics.singleMetric();
    for (const [name, text] of Object.entries(dimension)) single.addDimension(name, text);
    single.addMetric(metric, MetricUnit.Count, value);
  }

  milliseconds(metric: string, value: number): void {
    this.metrics.addMetric(metric, MetricUnit.Milliseconds, value);
  }

  /** Writes out what was counted; once per invocation. */
  flush(): void {
    this.metrics.publishStoredMetrics();
  }
}
