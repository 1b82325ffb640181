import { latestList } from '../../lambda/detection/history-lists';
import { InvalidMarkerError } from '../../lambda/errors';
import { compareFunctions, type ListingDependencies } from '../../lambda/sweep/baselines';

import type { FunctionLister, ListedFunction } from '../../lambda/sweep/ports';
import { functionArn, givenUpdate, layerVersion } from '../fixtures/records';
import { PipelineHarness, RecordingObserver } from '../harness/pipeline-harness';

const base = layerVersion('base', 4);
const foreignLayer = layerVersion('boto-utils', 3, '999988887777');
const everyMilliseconds = 24 * 60 * 60_000;

const listed = (name: string, fields: Partial<ListedFunction> = {}): ListedFunction => ({
  arn: functionArn(name),
  layers: [base],
  lastModified: Date.parse('2026-09-01T10:00:00.300Z'),
  revisionId: `rev-${name}`,
  ...fields,
});

/** Lists functions in pages of 50, and counts what it was asked for. */
class Account implements FunctionLister {
  readonly asked: (string | undefined)[] = [];
  oldMarkersBefore = 0;

  constructor(private readonly functions: readonly ListedFunction[]) {}

  async page(marker: string | undefined): ReturnType<FunctionLister['page']> {
    this.asked.push(marker);
    const from = Number(marker ?? 0);
    if (marker !== undefined && from < this.oldMarkersBefore) throw new InvalidMarkerError({});
    const next = from + 50 < this.functions.length ? String(from + 50) : undefined;
    return { functions: this.functions.slice(from, from + 50), next };
  }
}

describe('comparing all functions with their histories', () => {
  let bench: PipelineHarness;
  let observer: RecordingObserver;
  let now: Date;
  beforeEach(async () => {
    bench = await PipelineHarness.start();
    observer = new RecordingObserver();
    now = new Date('2026-10-06T12:00:00Z');
  });
  afterEach(() => bench.stop());

  function portsFor(functions: FunctionLister): ListingDependencies {
    const clock = { now: () => now };
    const { state, seedProgress } = bench.storesAt(clock, 1);
    return {
      ...bench.ports,
      functions,
      state,
      progress: seedProgress,
      clock,
      observer,
    };
  }

  const always = () => ({ ...bench.options, everyMilliseconds, hasTimeLeft: () => true });
  const pages = (count: number) => {
    let left = count;
    return { ...bench.options, everyMilliseconds, hasTimeLeft: () => left-- > 0 };
  };

  async function changeOf(record: unknown) {
    const outcome = await bench.process(record);
    if (outcome.kind !== 'alert') throw new Error(outcome.kind);
    return outcome.alert.judgedDocument.layerwatch.change;
  }

  test('given a function that was there before, then its next change is compared with what it had', async () => {
    await compareFunctions(portsFor(new Account([listed('payments')])), always());
    expect(await changeOf(givenUpdate([base, foreignLayer]))).toMatchObject({
      kind: 'added',
      before: [base],
    });
  });

  test('given an attack that the listing already shows, then its record is compared with what was before and never unchanged', async () => {
    const attacked = listed('payments', {
      layers: [base, foreignLayer],
      lastModified: Date.parse('2026-10-06T21:14:00.900Z'),
    });
    await compareFunctions(portsFor(new Account([attacked])), always());
    const late = { eventTime: '2026-10-06T21:14:05Z' };
    expect((await changeOf(givenUpdate([base, foreignLayer], late))).kind).toBe('before-unknown');
  });

  test('given 1,030 functions and runs that are cut off, then each continues where the last was, and all have one', async () => {
    const functions = Array.from({ length: 1_030 }, (_, index) => listed(`function-${index}`));
    const account = new Account(functions);
    const ports = portsFor(account);
    expect(await compareFunctions(ports, pages(8))).toEqual({
      outcome: 'to-be-continued',
      functions: 400,
      seeded: 400,
      drifted: 0,
    });
    expect(await compareFunctions(ports, pages(8))).toMatchObject({
      outcome: 'to-be-continued',
      functions: 400,
    });
    expect(await compareFunctions(ports, pages(8))).toMatchObject({ outcome: 'finished', functions: 230 });
    expect(account.asked).toHaveLength(21);
    const known = await ports.state.histories([functionArn('function-0'), functionArn('function-1029')]);
    expect(known.size).toBe(2);
    expect(await compareFunctions(ports, always())).toMatchObject({ outcome: 'not-due' });
  });

  test('given a pass after a day, then it changes nothing that agrees', async () => {
    const ports = portsFor(new Account([listed('payments'), listed('orders')]));
    expect(await compareFunctions(ports, always())).toMatchObject({ seeded: 2 });
    now = new Date('2026-10-07T12:00:01Z');
    expect(await compareFunctions(ports, always())).toMatchObject({
      outcome: 'finished',
      functions: 2,
      seeded: 0,
    });
  });

  test('given a marker that is no longer taken, then it begins again', async () => {
    const functions = Array.from({ length: 120 }, (_, index) => listed(`function-${index}`));
    const account = new Account(functions);
    const ports = portsFor(account);
    await compareFunctions(ports, pages(1));
    account.oldMarkersBefore = 60;
    expect(await compareFunctions(ports, pages(1))).toMatchObject({ outcome: 'to-be-continued', seeded: 0 });
    expect(account.asked).toEqual([undefined, '50', undefined]);
    account.oldMarkersBefore = 0;
    expect(await compareFunctions(ports, always())).toMatchObject({ outcome: 'finished', functions: 70 });
  });

  test('given a listing that fails, then what was done is noted and the error goes up', async () => {
    const account = new Account(Array.from({ length: 60 }, (_, index) => listed(`function-${index}`)));
    const ports = portsFor({
      page: async (marker) => {
        if (marker !== undefined) throw new Error('throttled');
        return account.page(marker);
      },
    });
    await expect(compareFunctions(ports, always())).rejects.toThrow('throttled');
    expect(await ports.progress.read()).toMatchObject({ marker: '50' });
  });

  describe('a function whose layers are not those of its last known call', () => {
    const drifted = (lastModified: string) =>
      listed('payments', { layers: [base, foreignLayer], lastModified: Date.parse(lastModified) });

    beforeEach(async () => {
      await bench.process(givenUpdate([base], { eventTime: '2026-10-05T09:00:00Z' }));
    });

    test.each([
      ['within the hour, then its record is on its way', '2026-10-06T11:30:00Z', 0, [base]],
      [
        'hours ago, then drift is counted and the listing is known',
        '2026-10-06T03:00:00Z',
        1,
        [base, foreignLayer],
      ],
      ['before the last call, then the listing is behind', '2026-10-05T08:00:00Z', 0, [base]],
    ])('given one changed %s', async (_, lastModified, count, layers) => {
      const ports = portsFor(new Account([drifted(lastModified)]));
      expect(await compareFunctions(ports, always())).toMatchObject({ drifted: count });
      expect(observer.counts.get('BaselineDrift') ?? 0).toBe(count);
      const history = (await ports.state.histories([functionArn('payments')])).get(functionArn('payments'));
      expect(history === undefined ? undefined : latestList(history)).toEqual(layers);
    });

    test('given drift that was counted, then the next pass counts it not again', async () => {
      const ports = portsFor(new Account([drifted('2026-10-06T03:00:00Z')]));
      await compareFunctions(ports, always());
      now = new Date('2026-10-07T12:00:01Z');
      expect(await compareFunctions(ports, always())).toMatchObject({ drifted: 0 });
    });

    test('given the record of the drift that comes after the listing, then it is notified as what it was', async () => {
      await compareFunctions(portsFor(new Account([drifted('2026-10-06T03:00:00Z')])), always());
      const late = givenUpdate([base, foreignLayer], { eventTime: '2026-10-06T03:00:04Z' });
      expect(await changeOf(late)).toMatchObject({ kind: 'added', before: [base] });
    });
  });

  test('given a listing that comes between calls, then the later call is judged again', async () => {
    await bench.process(givenUpdate([base], { eventTime: '2026-10-06T11:00:00Z' }));
    const outcome = await bench.process(givenUpdate([base], { eventTime: '2026-10-06T11:00:00Z' }));
    const before = listed('payments', { layers: [], lastModified: Date.parse('2026-10-06T09:00:00Z') });
    const { functions, ...ports } = portsFor(new Account([before]));
    await compareFunctions({ ...ports, functions }, always());
    const alertId = outcome.kind === 'alert' ? outcome.alertId : '';
    expect((await bench.document(alertId)).layerwatch.change.kind).toBe('before-unknown');
  });

  test('given a function that cannot be compared, then the others are', async () => {
    const ports = portsFor(new Account([listed('broken'), listed('payments')]));
    const state = new Proxy(ports.state, {
      get: (target, name) => {
        const method = Reflect.get(target, name) as (...given: unknown[]) => Promise<unknown>;
        if (name !== 'setHistory') return method.bind(target);
        return async (...given: unknown[]) => {
          if (given[0] === functionArn('broken')) throw new Error('refused');
          return method.apply(target, given);
        };
      },
    });
    expect(await compareFunctions({ ...ports, state }, always())).toMatchObject({ functions: 2, seeded: 1 });
  });

  test('given layers of a function that nobody knows since two calls of one second, then the listing shows them', async () => {
    const atNine = { eventTime: '2026-10-05T09:00:00Z' };
    await bench.process(givenUpdate([base], atNine));
    await bench.process(givenUpdate([base, foreignLayer], atNine));
    const ports = portsFor(
      new Account([listed('payments', { lastModified: Date.parse('2026-10-05T09:00:00Z') })]),
    );
    expect(await compareFunctions(ports, always())).toMatchObject({ seeded: 1 });
    expect(
      await changeOf(givenUpdate([base, foreignLayer], { eventTime: '2026-10-06T09:00:00Z' })),
    ).toMatchObject({
      kind: 'added',
      before: [base],
    });
  });
});
