import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import { metricNamespace, serviceName } from '../../lambda/contract';

/**
 * A metric of the handlers, by default its sum over five minutes.
 *
 * @param metricName one of `metric` in lambda/contract.ts
 * @param options replace the defaults, the dimensions among them
 * @param dimensions those beside `service`, which every metric of the handlers has
 */
export function layerwatchMetric(
  metricName: string,
  options: cloudwatch.MetricOptions = {},
  dimensions: Readonly<Record<string, string>> = {},
): cloudwatch.Metric {
  return new cloudwatch.Metric({
    namespace: metricNamespace,
    metricName,
    dimensionsMap: { service: serviceName, ...dimensions },
    statistic: cloudwatch.Stats.SUM,
    ...options,
  });
}
