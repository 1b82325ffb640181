import { LostLeaseError } from '../../lambda/errors';
import { upsertAlert } from '../../lambda/pipeline/upsert-alert';
import type { Notification, StateStore } from '../../lambda/ports';
import { findingWith } from '../fixtures/alert';
import { givenUpdate, layerVersion } from '../fixtures/records';
import { PipelineHarness } from '../harness/pipeline-harness';

const foreign = layerVersion('boto-utils', 3, '999988887777');

describe('what a late worker does', () => {
  test('given a lease that another worker took between two topics, then the second topic is left to that worker', async () => {
    const bench = await PipelineHarness.start({ routes: [{ name: 'payments' }], routing: 'all' });
    const accepted: string[] = [];
    const publish = async ({ alertId, route = 'alert-topic' }: Notification) => {
      accepted.push(route);
      const stored = await bench.ports.alerts.read(alertId);
      const lease = { token: 'of another worker', untilMilliseconds: Date.now() + 60_000 };
      if (stored !== undefined) await bench.ports.alerts.write({ ...stored, lease }, stored);
      return { messageId: route };
    };
    const processed = bench.processWith({ publisher: { publish } }, givenUpdate([foreign]));
    await expect(processed).rejects.toThrow(LostLeaseError);
    expect(accepted).toEqual(['alert-topic']);
    await bench.stop();
  });

  test('given an alert that was judged by a later version of the history, then the record is judged anew', async () => {
    const bench = await PipelineHarness.start();
    const finding = findingWith();
    const judged = (band: 'low' | 'critical', historyVersion: number) => ({
      judged: [{ finding: findingWith({ band }), sameNews: [] }] as const,
      historyVersion,
      isComplete: true,
    });
    const upsert = (band: 'low' | 'critical', historyVersion: number) =>
      bench.ports.alerts.read(finding.alertId).then((read) =>
        upsertAlert(
          {
            alertId: finding.alertId,
            read,
            recordId: finding.recordId,
            judgement: judged(band, historyVersion),
            judgeAnew: async () => judged('critical', 5),
          },
          bench.ports,
          bench.options,
        ),
      );
    await upsert('critical', 5);
    const { alert } = await upsert('low', 4);
    expect(alert.judgedDocument.layerwatch.risk.band).toBe('critical');
    await bench.stop();
  });
});

describe('what was seen', () => {
  test('given a memory that takes nothing, then people are notified all the same', async () => {
    const bench = await PipelineHarness.start();
    const { state } = bench.ports;
    const forgetful = new Proxy<StateStore>(state, {
      get: (target, name) => {
        if (name === 'remember') return () => Promise.reject(new Error('throttled'));
        const method = Reflect.get(target, name) as (...given: unknown[]) => unknown;
        return method.bind(target);
      },
    });
    await bench.processWith({ state: forgetful }, givenUpdate([foreign]));
    expect(bench.topic.published).toHaveLength(1);
    await bench.stop();
  });
});
