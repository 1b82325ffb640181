import { ExportCallError } from '../../lambda/errors';
import { AlertTriage } from '../../lambda/pipeline/triage-alert';
import type { FindingExporter } from '../../lambda/ports';
import { finishExports } from '../../lambda/sweep/pending-exports';
import { givenUpdate, layerVersion } from '../fixtures/records';
import { type Answer, type Received, startLoopbackExports } from '../harness/loopback-exports';
import { PipelineHarness } from '../harness/pipeline-harness';

const foreign = layerVersion('boto-utils', 3, '999988887777');

/** A product of the name that takes nothing, so that alerts are owed to it. */
const away = (name: string): FindingExporter => ({
  name,
  maxFindings: 10,
  pauseMilliseconds: 0,
  export: async () => {
    throw new ExportCallError('the product is away', 'unavailable');
  },
});

const takesAll = (received: readonly Received[]): Answer =>
  'Id' in (received[0] ?? {})
    ? { status: 200, body: { FailedCount: 0, SuccessCount: received.length, FailedFindings: [] } }
    : { status: 200, body: { FailedEntryCount: 0, Entries: received.map(() => ({ EventId: 'e' })) } };

const imports = (...failed: readonly object[]): Answer => ({
  status: 200,
  body: { FailedCount: failed.length, FailedFindings: failed },
});

describe('exports that are owed', () => {
  let bench: PipelineHarness;
  beforeEach(async () => {
    bench = await PipelineHarness.start({ notificationBudget: { count: 1_000, minutes: 10 } });
  });
  afterEach(() => bench.stop());

  /** Alerts of so many functions, which a product did not take. */
  async function owe(count: number, name: string): Promise<readonly string[]> {
    const ids: string[] = [];
    for (let index = 0; index < count; index++) {
      const record = givenUpdate([foreign], { eventTime: '2026-10-06T21:00:00Z' }, `function-${index}`);
      const outcome = await bench.processWith({ exporters: [away(name)] }, record);
      if (outcome.kind === 'alert') ids.push(outcome.alertId);
    }
    return ids;
  }

  const pauses: number[] = [];
  async function sweep(
    product: 'securityhub' | 'eventbus',
    answer: (received: readonly Received[]) => Answer,
    hasTimeLeft = () => true,
  ) {
    pauses.length = 0;
    const { exporters, calls } = await startLoopbackExports(product, answer, bench.ports.clock);
    const { undelivered } = bench.storesAt(bench.ports.clock);
    const pause = async (milliseconds: number) => void pauses.push(milliseconds);
    await finishExports({ ...bench.ports, exporters, undelivered, pause }, { hasTimeLeft });
    return calls;
  }

  async function owed(): Promise<ReadonlyMap<string, string>> {
    const reasons = new Map<string, string>();
    for await (const { alertId } of bench.storesAt(bench.ports.clock).undelivered.list('unexported')) {
      const failures = (await bench.ports.alerts.read(alertId))?.exportFailures ?? new Map();
      reasons.set(alertId, [...failures.values()].map(({ reason }) => reason).join());
    }
    return reasons;
  }

  test('given more alerts than a call of Security Hub takes, then each call has 100 at most', async () => {
    await owe(130, 'securityhub');
    const calls = await sweep('securityhub', takesAll);
    expect(calls.map((call) => call.length)).toEqual([100, 30]);
    expect(await owed()).toEqual(new Map());
  });

  test('given more alerts than a call of EventBridge takes, then each call has ten at most', async () => {
    await owe(23, 'eventbus');
    const calls = await sweep('eventbus', takesAll);
    expect(calls.map((call) => call.length)).toEqual([10, 10, 3]);
    expect(await owed()).toEqual(new Map());
  });

  test('given one finding that Security Hub refuses, then the others are exported and that one says why', async () => {
    const [refused = ''] = await owe(3, 'securityhub');
    const failure = { Id: refused, ErrorCode: 'InvalidInput', ErrorMessage: 'Finding does not adhere' };
    await sweep('securityhub', () => imports(failure));
    expect(await owed()).toEqual(new Map([[refused, 'InvalidInput, Finding does not adhere']]));
  });

  test('given one event that EventBridge refuses, then the others are exported and that one says why', async () => {
    const [refused = ''] = await owe(3, 'eventbus');
    const isRefused = ({ Detail = '{}' }: Received) => JSON.parse(Detail).finding_info.uid === refused;
    const entry = (event: Received) =>
      isRefused(event) ? { ErrorCode: 'InternalFailure', ErrorMessage: 'try again' } : { EventId: 'e' };
    await sweep('eventbus', (received) => ({
      status: 200,
      body: { FailedEntryCount: 1, Entries: received.map(entry) },
    }));
    expect(await owed()).toEqual(new Map([[refused, 'InternalFailure, try again']]));
  });

  test('given one finding for which the whole call is refused, then the others are exported', async () => {
    const [refused = ''] = await owe(9, 'securityhub');
    await sweep('securityhub', (received) =>
      received.some(({ Id }) => Id === refused)
        ? { status: 400, body: { __type: 'InvalidInputException', Message: 'Invalid parameter' } }
        : takesAll(received),
    );
    expect(await owed()).toEqual(new Map([[refused, 'InvalidInputException, Invalid parameter']]));
  });

  test('given one finding that cannot be written in the format, then the others are exported', async () => {
    const [broken = ''] = await owe(5, 'other');
    const taken: string[] = [];
    const other: FindingExporter = {
      ...away('other'),
      export: async (findings) => {
        const ids = findings.map(({ document }) => document.layerwatch.alert_id);
        if (ids.includes(broken)) throw new TypeError('it has no shape');
        taken.push(...ids);
        return findings.map(() => ({ outcome: 'accepted' }));
      },
    };
    const { undelivered } = bench.storesAt(bench.ports.clock);
    const pause = async () => {};
    await finishExports(
      { ...bench.ports, exporters: [other], undelivered, pause },
      { hasTimeLeft: () => true },
    );
    expect(taken).toHaveLength(4);
    expect(await owed()).toEqual(new Map([[broken, 'it has no shape']]));
  });

  test('given a product that does not answer, then it is asked three times, and the rest has its turn in the next sweep', async () => {
    await owe(50, 'eventbus');
    const calls = await sweep('eventbus', () => ({ status: 500, body: {} }));
    expect(calls).toHaveLength(3);
    expect((await owed()).size).toBe(50);
  });

  test('given a count of refused findings that names none of them, then all stay owed', async () => {
    await owe(2, 'securityhub');
    await sweep('securityhub', () => ({ status: 200, body: { FailedCount: 1, FailedFindings: [] } }));
    expect((await owed()).size).toBe(2);
  });

  test('given a product that is throttled, then each pause is longer, and the rest has its turn in the next sweep', async () => {
    await owe(50, 'eventbus');
    const calls = await sweep('eventbus', () => ({
      status: 400,
      body: { __type: 'ThrottlingException', message: 'Rate exceeded' },
    }));
    expect(calls).toHaveLength(3);
    expect(pauses).toEqual([2_000, 4_000, 8_000]);
    expect((await owed()).size).toBe(50);
    await sweep('eventbus', takesAll);
    expect(await owed()).toEqual(new Map());
  });

  test('given a topic that refuses the notification, then the finding is exported all the same', async () => {
    bench.topic.refuseNext(1);
    const record = givenUpdate([foreign], { eventTime: '2026-10-06T21:00:00Z' });
    await expect(bench.processWith({ exporters: [away('securityhub')] }, record)).rejects.toThrow(
      'the topic is away',
    );
    expect(await sweep('securityhub', takesAll)).toHaveLength(1);
  });

  test('given no time left, then nothing is exported, and it stays owed', async () => {
    await owe(2, 'eventbus');
    expect(await sweep('eventbus', takesAll, () => false)).toEqual([]);
    expect((await owed()).size).toBe(2);
  });

  test('given a close that failed, then the sweep archives the finding', async () => {
    const [id = ''] = await owe(1, 'securityhub');
    const alert = await bench.ports.alerts.read(id);
    if (alert === undefined) throw new Error('no alert');
    const entry = { at: '2026-10-06T22:00:00Z', by: 'ana', action: 'close' } as const;
    await new AlertTriage(bench.ports.alerts).write(alert, entry, 'closed');
    const calls = await sweep('securityhub', takesAll);
    expect(calls.flat().map(({ RecordState }) => RecordState)).toEqual(['ARCHIVED']);
  });

  test('given an attempt that failed an hour ago and one now, then the alert counts as not exported', async () => {
    await owe(2, 'eventbus');
    await sweep('eventbus', () => ({ status: 403, body: { __type: 'AccessDeniedException' } }));
    expect(bench.observer.counts.get('FindingsNotExported')).toBeUndefined();
    bench.advanceSeconds(3_660);
    await sweep('eventbus', () => ({ status: 403, body: { __type: 'AccessDeniedException' } }));
    expect(bench.observer.counts.get('FindingsNotExported')).toBe(2);
    expect(bench.observer.counts.get('ExportsFailed unavailable')).toBeGreaterThan(0);
  });

  test('given an exporter that the stack has no more, then nothing is owed to it', async () => {
    await owe(1, 'gone');
    await sweep('eventbus', takesAll);
    expect(await owed()).toEqual(new Map());
  });
});
