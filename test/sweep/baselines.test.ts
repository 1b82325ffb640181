import { DynamoDbSeedProgress } from '../../lambda/aws/dynamodb-progress';
import { DynamoDbStateStore } from '../../lambda/aws/dynamodb-state-store';
import { InvalidMarkerError } from '../../lambda/errors';
import { type SeedPorts, seedBaselines } from '../../lambda/sweep/baselines';

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

describe('seeding baselines from all functions', () => {
  let bench: PipelineHarness;
  let observer: RecordingObserver;
  let now: Date;
  beforeEach(async () => {
    bench = await PipelineHarness.start();
    observer = new RecordingObserver();
    now = new Date('2026-10-06T12:00:00Z');
  });
  afterEach(() => bench.stop());

  function portsFor(functions: FunctionLister): SeedPorts {
    const { client, tables } = bench.database;
    const clock = { now: () => now };
    return {
      functions,
      memory: new DynamoDbStateStore(client, tables.state, 1, clock),
      progress: new DynamoDbSeedProgress(client, tables.state),
      clock,
      observer,
    };
  }

  const always = { everyMilliseconds, hasTimeLeft: () => true };
  const pages = (count: number) => {
    let left = count;
    return { everyMilliseconds, hasTimeLeft: () => left-- > 0 };
  };

  async function changeOf(record: unknown) {
    const outcome = await bench.process(record);
    if (outcome.kind !== 'alert') throw new Error(outcome.kind);
    return outcome.alert.document.layerwatch.change;
  }

  test('given a function that was there before, then its next change is compared with what it had', async () => {
    await seedBaselines(portsFor(new Account([listed('payments')])), always);
    expect(await changeOf(givenUpdate([base, foreignLayer]))).toMatchObject({
      kind: 'added',
      before: [base],
    });
  });

  test('given an attack that the listing already shows, then its record is before-unknown and never unchanged', async () => {
    const attacked = listed('payments', {
      layers: [base, foreignLayer],
      lastModified: Date.parse('2026-10-06T21:14:00.900Z'),
    });
    await seedBaselines(portsFor(new Account([attacked])), always);
    const late = { eventTime: '2026-10-06T21:14:05Z' };
    expect((await changeOf(givenUpdate([base, foreignLayer], late))).kind).toBe('before-unknown');
  });

  test('given 1,030 functions and runs that are cut off, then each goes on where the last was, and all have one', async () => {
    const functions = Array.from({ length: 1_030 }, (_, index) => listed(`function-${index}`));
    const account = new Account(functions);
    const ports = portsFor(account);
    expect(await seedBaselines(ports, pages(8))).toEqual({
      outcome: 'to-be-continued',
      functions: 400,
      seeded: 400,
      drifted: 0,
    });
    expect(await seedBaselines(ports, pages(8))).toMatchObject({
      outcome: 'to-be-continued',
      functions: 400,
    });
    expect(await seedBaselines(ports, pages(8))).toMatchObject({ outcome: 'finished', functions: 230 });
    expect(account.asked).toHaveLength(21);
    const known = await ports.memory.baselines([functionArn('function-0'), functionArn('function-1029')]);
    expect(known.size).toBe(2);
    expect(await seedBaselines(ports, always)).toMatchObject({ outcome: 'not-due' });
  });

  test('given a pass after a day, then it changes nothing that agrees', async () => {
    const ports = portsFor(new Account([listed('payments'), listed('orders')]));
    expect(await seedBaselines(ports, always)).toMatchObject({ seeded: 2 });
    now = new Date('2026-10-07T12:00:01Z');
    expect(await seedBaselines(ports, always)).toMatchObject({
      outcome: 'finished',
      functions: 2,
      seeded: 0,
    });
  });

  test('given a marker that is no longer taken, then it begins again', async () => {
    const functions = Array.from({ length: 120 }, (_, index) => listed(`function-${index}`));
    const account = new Account(functions);
    const ports = portsFor(account);
    await seedBaselines(ports, pages(1));
    account.oldMarkersBefore = 60;
    expect(await seedBaselines(ports, pages(1))).toMatchObject({ outcome: 'to-be-continued', seeded: 0 });
    expect(account.asked).toEqual([undefined, '50', undefined]);
    account.oldMarkersBefore = 0;
    expect(await seedBaselines(ports, always)).toMatchObject({ outcome: 'finished', functions: 70 });
  });

  test('given a listing that fails, then what was done is noted and the error goes up', async () => {
    const account = new Account(Array.from({ length: 60 }, (_, index) => listed(`function-${index}`)));
    const ports = portsFor({
      page: async (marker) => {
        if (marker !== undefined) throw new Error('throttled');
        return account.page(marker);
      },
    });
    await expect(seedBaselines(ports, always)).rejects.toThrow('throttled');
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
      ['hours ago, then it is told and the older list stays', '2026-10-06T03:00:00Z', 1, [base]],
      [
        'more than a day ago, then it is told and its list is the baseline',
        '2026-10-05T10:00:00Z',
        1,
        [base, foreignLayer],
      ],
      ['before the last call, then the listing is behind', '2026-10-05T08:00:00Z', 0, [base]],
    ])('given one changed %s', async (_, lastModified, count, layers) => {
      const ports = portsFor(new Account([drifted(lastModified)]));
      expect(await seedBaselines(ports, always)).toMatchObject({ drifted: count });
      expect(observer.counts.get('BaselineDrift') ?? 0).toBe(count);
      const known = await ports.memory.baselines([functionArn('payments')]);
      expect(known.get(functionArn('payments'))?.layers).toEqual(layers);
    });
  });

  test('given layers of a function that nobody knows since two calls of one second, then the listing tells', async () => {
    const atNine = { eventTime: '2026-10-05T09:00:00Z' };
    await bench.process(givenUpdate([base], atNine));
    await bench.process(givenUpdate([base, foreignLayer], atNine));
    const ports = portsFor(
      new Account([listed('payments', { lastModified: Date.parse('2026-10-05T09:00:00Z') })]),
    );
    expect(await seedBaselines(ports, always)).toMatchObject({ seeded: 1 });
    expect(
      await changeOf(givenUpdate([base, foreignLayer], { eventTime: '2026-10-06T09:00:00Z' })),
    ).toMatchObject({
      kind: 'added',
      before: [base],
    });
  });
});
