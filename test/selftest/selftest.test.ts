import { AlertTriage } from '../../lambda/pipeline/triage-alert';
import type { SelftestCalls } from '../../lambda/selftest/ports';
import { type SelftestPorts, selftest } from '../../lambda/selftest/selftest';
import { watchSelftest } from '../../lambda/sweep/selftest-watchdog';
import { account, givenPublish, region } from '../fixtures/records';
import { PipelineHarness, RecordingObserver } from '../harness/pipeline-harness';

const minute = 60_000;

/** A Lambda on which publishing makes the record that CloudTrail would deliver. */
async function workbenchWithLambda(settings: Parameters<typeof PipelineHarness.start>[0] = {}) {
  const bench = await PipelineHarness.start(settings);
  const { alerts } = bench.ports;
  const triage = new AlertTriage(alerts);
  const deleted: string[] = [];
  const alertIds = new Map<string, string>();
  let count = 0;
  const calls: SelftestCalls = {
    publish: async () => {
      const name = `layerwatch-selftest-${++count}`;
      const outcome = await bench.process(givenPublish(name, 1, { eventTime: new Date().toISOString() }));
      const layerArn = ['arn:aws:lambda', region, account, 'layer', name].join(':');
      if (outcome.kind === 'alert') alertIds.set(layerArn, outcome.alertId);
      return { layerArn, version: 1 };
    },
    deleteVersion: async (arn, version) => void deleted.push(`${arn.split(':').at(-1)}:${version}`),
    findAlert: async (arn) => alerts.read(alertIds.get(arn) ?? ''),
    close: async (alert, reason) => {
      const read = await alerts.read(alert.alertId);
      if (read !== undefined)
        await triage.write(
          read,
          { at: '2026-11-24T00:00:00Z', by: 'test', action: 'close', reason },
          'closed',
        );
    },
  };
  const ports: SelftestPorts = {
    ...calls,
    clock: { now: () => new Date() },
    pause: async () => {},
    onWaiting: () => {},
  };
  return { bench, ports, deleted, alerts };
}

describe('the self-test', () => {
  test('given a stack that works, then it passes with both times, deletes the layer and closes the alert', async () => {
    const { bench, ports, deleted, alerts } = await workbenchWithLambda();
    const result = await selftest(ports, minute);
    expect(result).toMatchObject({ outcome: 'passed', left: [] });
    expect(result.callToConfirmationMilliseconds).toBeGreaterThanOrEqual(result.callToAlertMilliseconds ?? 0);
    expect(deleted).toEqual(['layerwatch-selftest-1:1']);
    const alert = await alerts.read(result.alertId ?? '');
    expect(alert).toMatchObject({ status: 'closed', history: [{ action: 'close', reason: 'self-test' }] });
    await bench.stop();
  });

  test('given a second run, then it is notified again and not folded into the first', async () => {
    const { bench, ports } = await workbenchWithLambda();
    await selftest(ports, minute);
    await selftest(ports, minute);
    expect(bench.topic.published).toHaveLength(2);
    await bench.stop();
  });

  test('given settings that keep it from being notified, then it passes and says so', async () => {
    const { bench, ports } = await workbenchWithLambda({ minimumBandToNotify: 'critical' });
    const result = await selftest(ports, minute);
    expect(result).toMatchObject({ outcome: 'passed', disposition: 'record' });
    expect(result.callToConfirmationMilliseconds).toBeUndefined();
    await bench.stop();
  });

  test('given events that never come, then it fails, and the layer is deleted all the same', async () => {
    const { bench, ports, deleted } = await workbenchWithLambda();
    const result = await selftest({ ...ports, findAlert: async () => undefined }, -1);
    expect(result).toMatchObject({ outcome: 'no-alert' });
    expect(deleted).toHaveLength(1);
    await bench.stop();
  });

  test('given a table that cannot be read, then the failure is reported, and the layer is deleted all the same', async () => {
    const { bench, ports, deleted } = await workbenchWithLambda();
    const findAlert = () => Promise.reject(new Error('the table is away'));
    await expect(selftest({ ...ports, findAlert }, minute)).rejects.toThrow('the table is away');
    expect(deleted).toHaveLength(1);
    await bench.stop();
  });

  test('given a layer that cannot be deleted, then that is named and nothing else is lost', async () => {
    const { bench, ports } = await workbenchWithLambda();
    const deleteVersion = () => Promise.reject(new Error('denied'));
    const result = await selftest({ ...ports, deleteVersion }, minute);
    expect(result.outcome).toBe('passed');
    expect(result.left).toEqual([expect.stringContaining('is not deleted: Error: denied')]);
    await bench.stop();
  });
});

describe('a self-test that does not run', () => {
  const now = new Date('2026-11-24T00:00:00Z');
  const daysAgo = (days: number) => new Date(now.getTime() - days * 24 * 60 * minute).toISOString();

  async function watched(passedAt: string | undefined) {
    const observer = new RecordingObserver();
    let stored = passedAt;
    const write = async (at: string) => {
      stored = at;
    };
    const selftest = { read: async () => stored, write };
    await watchSelftest({ clock: { now: () => now }, observer, selftest });
    return { overdue: observer.counts.get('SelftestOverdue') ?? 0, stored };
  }

  test.each([
    ['passed a week ago', daysAgo(7), 0],
    ['passed nine days ago', daysAgo(9), 1],
  ])('given one that %s, then it is overdue %s', async (_, passedAt, overdue) => {
    expect((await watched(passedAt)).overdue).toBe(overdue);
  });

  test('given a first deployment, then the waiting begins now', async () => {
    expect(await watched(undefined)).toEqual({ overdue: 0, stored: now.toISOString() });
  });
});
