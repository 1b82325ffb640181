import { DynamoDbSweepProgress } from '../../lambda/aws/dynamodb-progress';
import { DynamoDbUndeliveredAlerts } from '../../lambda/aws/dynamodb-undelivered-alerts';
import { parseRecord } from '../../lambda/detection/record';
import { type SweepPorts, sweepEvents, windowOfSweep } from '../../lambda/sweep/event-history';
import type { EventHistory } from '../../lambda/sweep/ports';
import { type SweepDependencies, sweep } from '../../lambda/sweep/sweep';
import { eventId, givenCreate, givenPublish, givenUpdate, layerVersion } from '../fixtures/records';
import { PipelineHarness } from '../harness/pipeline-harness';

const foreign = layerVersion('boto-utils', 3, '999988887777');
const at = (time: string) => ({ eventTime: new Date(time).toISOString() });

describe('the window of a sweep', () => {
  const now = new Date('2026-10-06T12:00:00Z');
  const window = (from: string) => ({ from: new Date(from), to: now });

  test.each([
    ['the first run', undefined, window('2026-10-06T11:00:00Z'), undefined],
    ['a run after ten minutes', '2026-10-06T11:50:00Z', window('2026-10-06T11:00:00Z'), undefined],
    ['a run after three hours', '2026-10-06T09:00:00Z', window('2026-10-06T08:45:00Z'), undefined],
    [
      'a run after two days',
      '2026-10-04T12:00:00Z',
      window('2026-10-05T12:00:00Z'),
      { from: new Date('2026-10-04T12:00:00Z'), to: new Date('2026-10-05T12:00:00Z') },
    ],
  ])('given %s', (_, covered, expected, gap) => {
    expect(windowOfSweep(now, covered === undefined ? undefined : new Date(covered))).toEqual({
      window: expected,
      gap,
    });
  });
});

/** The history of an account, page by page, as LookupEvents answers. */
class History implements EventHistory {
  readonly asked: { readonly eventName: string; readonly from: Date; readonly to: Date }[] = [];
  failing = false;

  constructor(
    private readonly records: readonly unknown[],
    private readonly pageSize = 2,
  ) {}

  async lookUp({ eventName, from, to, nextToken }: Parameters<EventHistory['lookUp']>[0]) {
    if (this.failing) throw new Error('ThrottlingException');
    this.asked.push({ eventName, from, to });
    const found = this.records.filter((value) => {
      const parsed = parseRecord(value);
      const time = parsed.kind === 'record' ? parsed.record.eventTime : undefined;
      return (
        parsed.kind === 'record' &&
        parsed.record.eventName === eventName &&
        time !== undefined &&
        time >= from &&
        time <= to
      );
    });
    const first = Number(nextToken ?? 0);
    const next = first + this.pageSize;
    return {
      records: found.slice(first, next),
      nextToken: next < found.length ? String(next) : undefined,
    };
  }
}

describe('a sweep', () => {
  let bench: PipelineHarness;
  let now: Date;
  beforeEach(async () => {
    now = new Date('2026-10-06T12:00:00Z');
    bench = await PipelineHarness.start({ notificationBudget: { count: 3, minutes: 10 } });
  });
  afterEach(() => bench.stop());

  const clock = { now: () => now };
  const options = () => ({ ...bench.options, hasTimeLeft: () => true });

  function portsWith(history: EventHistory): SweepDependencies {
    const { client, tables } = bench.database;
    return {
      ...bench.ports,
      clock,
      history,
      progress: new DynamoDbSweepProgress(client, tables.state),
      pause: async () => {},
      undelivered: new DynamoDbUndeliveredAlerts(client, tables.alerts, clock),
      seed: {
        functions: { page: async () => ({ functions: [], next: undefined }) },
        progress: { read: async () => undefined, write: async () => {} },
      },
    };
  }

  const missed = givenUpdate([foreign], at('2026-10-06T11:10:00Z'));

  test('given a record that no event brought, then its alert is made and sent, counted as missed, and not again', async () => {
    const history = new History([missed]);
    const ports: SweepPorts = portsWith(history);
    expect(await sweepEvents(ports, options())).toMatchObject({ records: 1, missed: 1, finished: true });
    expect(bench.topic.published).toHaveLength(1);
    expect(bench.observer.counts.get('MissedByEvents')).toBe(1);
    now = new Date('2026-10-06T12:10:00Z');
    expect(await sweepEvents(ports, options())).toMatchObject({ records: 1, missed: 0 });
    await bench.process(missed);
    expect(bench.topic.published).toHaveLength(1);
  });

  test('given records that events brought, then nothing is missed and nobody is told twice', async () => {
    const records = [
      missed,
      givenPublish('util', 1, at('2026-10-06T11:20:00Z')),
      givenUpdate(undefined, at('2026-10-06T11:30:00Z')),
    ];
    for (const record of records) await bench.process(record);
    const told = bench.topic.published.length;
    const swept = await sweepEvents(portsWith(new History(records)), options());
    expect(swept).toMatchObject({ records: 3, missed: 0 });
    expect(bench.topic.published).toHaveLength(told);
  });

  test('given a record of the last minutes, then it may be on its way and is not counted as missed', async () => {
    const recent = givenUpdate([foreign], at('2026-10-06T11:50:00Z'));
    expect(await sweepEvents(portsWith(new History([recent])), options())).toMatchObject({ missed: 0 });
    expect(bench.topic.published).toHaveLength(1);
  });

  test('given several pages, then all are read; given functions that were created, then their baselines are set', async () => {
    const records = [
      givenCreate([layerVersion('base', 1)], at('2026-10-06T11:01:00Z'), 'orders'),
      ...Array.from({ length: 5 }, (_, index) =>
        givenUpdate(undefined, { ...at('2026-10-06T11:20:00Z'), eventID: eventId() }, `function-${index}`),
      ),
    ];
    expect(await sweepEvents(portsWith(new History(records)), options())).toMatchObject({ records: 6 });
    const known = await bench.ports.memory.baselines([
      'arn:aws:lambda:eu-west-3:123456789012:function:orders',
    ]);
    expect(known.size).toBe(1);
  });

  test('given a run without time, then the next one looks through the same span', async () => {
    const history = new History([missed]);
    const ports = portsWith(history);
    const cut = await sweepEvents(ports, { ...options(), hasTimeLeft: () => false });
    expect(cut).toMatchObject({ finished: false });
    expect(await ports.progress.read()).toBeUndefined();
  });

  test('given a record on which the pipeline fails, then the others are safe, and the span is looked through again', async () => {
    bench.topic.refuseNext(1);
    const records = [missed, givenPublish('util', 1, at('2026-10-06T11:20:00Z'))];
    const ports = portsWith(new History(records));
    await expect(sweepEvents(ports, options())).rejects.toThrow('1 records could not be processed');
    expect(await ports.progress.read()).toBeUndefined();
  });

  test('given a notification that a crash left pending, then the sweep sends it after the lease, once', async () => {
    bench.topic.refuseNext(1);
    await expect(bench.process(missed)).rejects.toThrow('away');
    bench.advanceSeconds(60);
    const ports = { ...portsWith(new History([])), clock: bench.ports.clock };
    await sweep(ports, options());
    expect(bench.topic.published).toHaveLength(1);
    expect(bench.observer.counts.get('FinishedBySweep')).toBe(1);
    await sweep(ports, options());
    expect(bench.topic.published).toHaveLength(1);
    expect(await ports.undelivered.list('pending', 10)).toEqual([]);
  });

  test('given notifications over the budget, then one digest names them, and the next sweep tells of nothing', async () => {
    for (let index = 0; index < 8; index++)
      await bench.process(
        givenUpdate([layerVersion('base', index + 1)], at('2026-10-06T11:00:00Z'), `function-${index}`),
      );
    const ports = portsWith(new History([]));
    expect(await ports.undelivered.list('withheld', 100)).toHaveLength(5);
    const sent: { readonly subject: string; readonly email: string }[] = [];
    const publisher = {
      publish: async ({ subject, bodies }: { subject: string; bodies: Readonly<Record<string, string>> }) => {
        sent.push({ subject, email: bodies['email'] ?? '' });
        return { messageId: 'digest' };
      },
    };
    const table = { name: 'alerts', region: 'eu-west-3' };
    await sweep({ ...ports, publisher }, { ...options(), alertTable: table });
    expect(sent.map(({ subject }) => subject)).toEqual(['[Layerwatch] DIGEST: 5 notifications withheld']);
    expect(sent[0]?.email).toContain('    5  arn:aws:iam::123456789012:role/ci-deploy\n');
    expect(sent[0]?.email).toContain('    1  arn:aws:lambda:eu-west-3:123456789012:function:function-7\n');
    expect(sent[0]?.email).toContain(
      'aws dynamodb query --region eu-west-3 --table-name alerts --index-name by-day',
    );
    await sweep({ ...ports, publisher }, options());
    expect(sent).toHaveLength(1);
  });

  test('given a sweep after two days of silence, then the hours that nobody looked through are told, and it goes on', async () => {
    const ports = portsWith(new History([]));
    await ports.progress.write('2026-10-04T10:00:00.000Z');
    const subjects: string[] = [];
    const publisher = {
      publish: async ({ subject }: { subject: string }) => {
        subjects.push(subject);
        return { messageId: 'gap' };
      },
    };
    await sweep({ ...ports, publisher }, options());
    expect(subjects).toEqual(['[Layerwatch] GAP: 2026-10-04T10:00 to 2026-10-05T12:00 UTC']);
    expect(bench.observer.counts.get('SweepGapMinutes')).toBe(26 * 60);
    expect(bench.observer.counts.get('SweepHeartbeat')).toBe(1);
  });

  test('given a history that fails, then the other jobs are done, the run fails, and there is no heartbeat', async () => {
    const history = new History([]);
    history.failing = true;
    let listed = 0;
    const ports = portsWith(history);
    const functions = {
      page: async () => {
        listed++;
        return { functions: [], next: undefined };
      },
    };
    const seed = { ...ports.seed, functions };
    await expect(sweep({ ...ports, seed }, options())).rejects.toThrow('1 jobs of the sweep failed');
    expect(listed).toBe(1);
    expect(bench.observer.counts.has('SweepHeartbeat')).toBe(false);
  });
});
