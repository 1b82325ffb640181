import fc from 'fast-check';
import { LogObserver } from '../../lambda/aws/log-observer';
import { metric } from '../../lambda/contract';

/** A document in the embedded metric format. */
interface MetricDocument {
  readonly _aws: {
    readonly CloudWatchMetrics: readonly [
      {
        readonly Dimensions: readonly [readonly string[]];
        readonly Metrics: readonly { readonly Name: string; readonly Unit: string }[];
      },
    ];
  };
  readonly [name: string]: unknown;
}

function documentsOf(use: (observer: LogObserver) => void): readonly MetricDocument[] {
  const lines: string[] = [];
  const observer = new LogObserver({ now: () => new Date(0) }, (line) => lines.push(line));
  use(observer);
  observer.flush();
  return lines.map((line) => JSON.parse(line) as MetricDocument);
}

const metricsOf = (document: MetricDocument) =>
  document._aws.CloudWatchMetrics[0].Metrics.map(({ Name }) => Name);

const valuesOf = (documents: readonly MetricDocument[], name: string) =>
  documents.flatMap((document) => (document[name] as readonly number[] | undefined) ?? []);

test('given a sweep of 260 records, then their count is one sum', () => {
  const documents = documentsOf((observer) => {
    for (let record = 0; record < 260; record += 1) observer.count(metric.duplicates);
  });
  expect(documents).toHaveLength(1);
  expect(valuesOf(documents, metric.duplicates)).toEqual([260]);
});

test('given any counts and times, then no document has more than 100 values and none is lost', () => {
  fc.assert(
    fc.property(fc.nat(450), fc.array(fc.nat(9), { maxLength: 450 }), (counted, times) => {
      const documents = documentsOf((observer) => {
        for (let record = 0; record < counted; record += 1) observer.count(metric.matched);
        for (const time of times) observer.milliseconds(metric.eventToNotification, time);
      });
      for (const document of documents)
        for (const name of metricsOf(document))
          expect((document[name] as readonly number[]).length).toBeLessThanOrEqual(100);
      expect(valuesOf(documents, metric.matched)).toEqual(counted === 0 ? [] : [counted]);
      expect(valuesOf(documents, metric.eventToNotification)).toEqual(times);
    }),
  );
});

test('given a heartbeat, a gap and other metrics, then each is in a document of its own', () => {
  const documents = documentsOf((observer) => {
    observer.count(metric.matched);
    observer.count(metric.sweepHeartbeat);
    observer.count(metric.sweepGapMinutes, 7);
  });
  expect(documents.map(metricsOf)).toEqual([
    [metric.matched],
    [metric.sweepHeartbeat],
    [metric.sweepGapMinutes],
  ]);
});

test('given one metric with two values of a dimension, then each value is counted by itself', () => {
  const documents = documentsOf((observer) => {
    observer.count(metric.alertsByBand, 1, { band: 'high' });
    observer.count(metric.alertsByBand, 1, { band: 'low' });
    observer.count(metric.alertsByBand, 1, { band: 'high' });
  });
  expect(documents.map((document) => [document['band'], document[metric.alertsByBand]])).toEqual([
    ['high', [2]],
    ['low', [1]],
  ]);
  expect(documents[0]?._aws.CloudWatchMetrics[0].Dimensions).toEqual([['service', 'band']]);
});

test('given metrics that were written out, then they are not written again', () => {
  const lines: string[] = [];
  const observer = new LogObserver({ now: () => new Date(0) }, (line) => lines.push(line));
  observer.count(metric.matched);
  observer.flush();
  observer.flush();
  expect(lines).toHaveLength(1);
});
