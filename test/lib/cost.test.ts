import { metric } from '../../lambda/contract';
import { defaultDetectionSettings } from '../../lambda/detection/settings';
import { assumptions, countedMonitoring, monthOf } from '../../scripts/cost/month';
import { resourcesOf, templateOf } from './synthesis';

interface Alarm {
  readonly Properties: { readonly Metrics?: readonly { readonly MetricStat?: unknown }[] };
}

test('given the template, then it has as many metrics of alarms as the calculation of the cost says', () => {
  const alarms = Object.values(resourcesOf(templateOf(), 'AWS::CloudWatch::Alarm')) as readonly Alarm[];
  const counts = alarms.map(
    ({ Properties: { Metrics } }) =>
      Metrics?.filter(({ MetricStat }) => MetricStat !== undefined).length ?? 1,
  );
  expect(counts.reduce((sum, count) => sum + count, 0)).toBe(countedMonitoring.alarmMetrics);
});

test('given the metrics of the code, then the calculation has each', () => {
  expect(countedMonitoring.ownMetrics).toBe(Object.keys(metric).length);
});

test('given the default retention, then the calculation keeps alerts as long', () => {
  expect(assumptions.retentionDays).toBe(defaultDetectionSettings.retentionDays);
});

test('given twice as many accounts, then the lines of records cost twice as much', () => {
  const writes = (accounts: number) =>
    monthOf({ name: '', accounts, regions: 1 }).find(({ what }) => what.startsWith('writes'))?.dollars ?? 0;
  expect(writes(20)).toBeCloseTo(2 * writes(10));
});
