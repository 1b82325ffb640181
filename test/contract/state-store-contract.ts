import { randomUUID } from 'node:crypto';
import { DynamoDbSeedProgress } from '../../lambda/aws/dynamodb-progress';
import { DynamoDbStateStore } from '../../lambda/aws/dynamodb-state-store';
import type { Baseline } from '../../lambda/detection/baseline';
import { emptyQuery } from '../../lambda/detection/state-query';
import type { ConnectedStore } from './alert-store-contract';

/** What every DynamoDB has to do for what is remembered; run on each that is at hand. */
export function memoryContract(connect: () => Promise<ConnectedStore>): void {
  let store: ConnectedStore;
  let memory: DynamoDbStateStore;
  let now: Date;
  let name: string;
  beforeAll(async () => {
    store = await connect();
  });
  afterAll(() => store.close());
  beforeEach(() => {
    now = new Date();
    name = randomUUID();
    memory = new DynamoDbStateStore(store.client, store.tables.state, 400, { now: () => now });
  });

  const baseline = (fields: Partial<Baseline> = {}): Baseline => ({
    layers: ['a:1', 'b:2'],
    setAt: '2026-10-06T21:00:00.000Z',
    setBy: randomUUID(),
    before: undefined,
    revisionId: undefined,
    ...fields,
  });
  const recalled = async () => (await memory.recall({ ...emptyQuery, functionArn: name })).baseline;
  const afterDays = (days: number) => {
    now = new Date(now.getTime() + days * 86_400_000);
  };

  describe('a baseline', () => {
    test.each([
      ['all of it', baseline({ before: [], revisionId: 'rev' })],
      ['an empty list', baseline({ layers: [] })],
      ['layers that are not known', baseline({ layers: undefined })],
    ])('given %s, then it reads as it was written', async (_, written) => {
      expect(await recalled()).toBeUndefined();
      expect(await memory.setBaseline(name, undefined, written)).toBe('written');
      expect(await recalled()).toEqual(written);
      expect(await memory.baselines([name, randomUUID()])).toEqual(new Map([[name, written]]));
    });

    test('given 20 writers that read the same, then one writes and the others are told', async () => {
      const first = baseline();
      await memory.setBaseline(name, undefined, first);
      const results = await Promise.all(
        Array.from({ length: 20 }, () => memory.setBaseline(name, first, baseline())),
      );
      expect(results.filter((result) => result === 'written')).toHaveLength(1);
      expect(await memory.setBaseline(name, undefined, baseline())).toBe('conflict');
    });

    test('given layers that are not known, then they are forgotten after a month and may be set anew', async () => {
      await memory.setBaseline(name, undefined, baseline({ layers: undefined }));
      afterDays(31);
      expect(await recalled()).toBeUndefined();
      expect(await memory.setBaseline(name, undefined, baseline())).toBe('written');
      afterDays(4_000);
      expect(await recalled()).toBeDefined();
    });
  });

  describe('marks', () => {
    const see = async (time: string, fields = {}) => {
      const { entities } = await memory.recall({ ...emptyQuery, entities: [name] });
      await memory.remember([{ key: name, time: new Date(time), ...fields }], entities);
    };
    const mark = async () => (await memory.recall({ ...emptyQuery, entities: [name] })).entities.get(name);

    test('given sightings, then first, last and the countries are kept', async () => {
      expect(await mark()).toBeUndefined();
      await see('2026-10-06T09:00:00Z', { country: 'IE', actor: 'a' });
      await see('2026-10-07T09:00:00Z', { country: 'BR', actor: 'a' });
      expect(await mark()).toEqual({
        firstSeen: '2026-10-06T09:00:00.000Z',
        lastDay: '2026-10-07',
        dayBefore: '2026-10-06',
        countries: ['BR', 'IE'],
        actor: 'a',
      });
    });

    test('given two that were read as absent, then the first written stays', async () => {
      const sighting = (time: string) => [{ key: name, time: new Date(time) }];
      await memory.remember(sighting('2026-10-06T09:00:00Z'), new Map());
      await memory.remember(sighting('2026-10-06T10:00:00Z'), new Map());
      expect((await mark())?.firstSeen).toBe('2026-10-06T09:00:00.000Z');
    });

    test('given a mark past its time to live, then it is as if never seen', async () => {
      await see('2026-10-06T09:00:00Z');
      afterDays(401);
      expect(await mark()).toBeUndefined();
      await see('2026-10-07T09:00:00Z');
      expect((await mark())?.firstSeen).toBe('2026-10-07T09:00:00.000Z');
    });

    test('given 30 keys, one of 5,000 characters and one of surrogate halves, then all are answered at once', async () => {
      const keys = [
        ...Array.from({ length: 28 }, (_, index) => `${name}-${index}`),
        'x'.repeat(5_000),
        `${name}\ud800`,
      ];
      await memory.remember(
        keys.map((key) => ({ key, time: new Date('2026-10-06T09:00:00Z') })),
        new Map(),
      );
      const { entities } = await memory.recall({ ...emptyQuery, entities: keys });
      expect([...entities.keys()].sort()).toEqual([...keys].sort());
    });
  });

  describe('denied attempts', () => {
    const days = ['2026-10-06', '2026-10-05'];
    const attempts = async () =>
      (await memory.recall({ ...emptyQuery, deniedActor: name, deniedDays: days })).denied;

    test('given one twice and one of the day before, then each is there once', async () => {
      const attempt = (time: string) => ({ time, recordId: `id-${time}`, errorCode: 'AccessDenied' });
      const given = [attempt('2026-10-06T09:00:00.000Z'), attempt('2026-10-05T09:00:00.000Z')];
      for (const each of [...given, ...given]) await memory.rememberDenied(name, each);
      expect(await attempts()).toEqual(expect.arrayContaining(given));
      expect(await attempts()).toHaveLength(2);
    });

    test('given 250 at once, then 200 are kept', async () => {
      const given = Array.from({ length: 250 }, (_, index) => ({
        time: '2026-10-06T09:00:00.000Z',
        recordId: `id-${index}`,
        errorCode: 'AccessDenied',
      }));
      await Promise.all(given.map((each) => memory.rememberDenied(name, each)));
      expect(await attempts()).toHaveLength(200);
    });
  });

  test('the progress of a pass reads as it was written', async () => {
    const progress = new DynamoDbSeedProgress(store.client, store.tables.state);
    const open = { startedAt: '2026-10-06T09:00:00.000Z', marker: 'abc', completedAt: undefined };
    await progress.write(open);
    expect(await progress.read()).toEqual(open);
    const done = { ...open, marker: undefined, completedAt: '2026-10-06T09:05:00.000Z' };
    await progress.write(done);
    expect(await progress.read()).toEqual(done);
  });
}
