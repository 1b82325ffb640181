import { randomUUID } from 'node:crypto';
import { emptyHistory, type FunctionHistory } from '../../lambda/detection/history';
import { emptyQuery } from '../../lambda/detection/state-query';
import { defaultRetentionDays, type OpenedStores, type Stores } from '../harness/stores';

/** What every store of state has to do for the laws to hold. */
export function stateStoreContract(open: () => Promise<OpenedStores>): void {
  let opened: OpenedStores;
  let stores: Stores;
  let now: Date;
  let name: string;
  beforeAll(async () => {
    opened = await open();
    stores = opened.stores({ now: () => now });
  });
  afterAll(() => opened.close());
  beforeEach(() => {
    now = new Date();
    name = randomUUID();
  });

  const afterDays = (days: number) => {
    now = new Date(now.getTime() + days * 86_400_000);
  };

  describe('the history of a function', () => {
    const history = (fields: Partial<FunctionHistory> = {}): FunctionHistory => ({
      entries: [
        {
          time: '2026-10-06T21:00:00.000Z',
          recordId: randomUUID(),
          source: 'call',
          layers: ['arn:a:1', 'größe:2'],
          record: { eventName: 'UpdateFunctionConfiguration20150331v2', requestParameters: { layers: [] } },
        },
      ],
      before: undefined,
      version: 1,
      ...fields,
    });
    const recalled = async () => (await stores.state.recall({ ...emptyQuery, functionArn: name })).history;

    test('given none, then it is empty', async () => {
      expect(await recalled()).toEqual(emptyHistory);
    });

    test.each([
      ['a call with its record', history()],
      ['an unknown list', history({ entries: [{ ...firstOf(history()), layers: undefined }] })],
      ['what was before', history({ before: { time: '2026-10-05T00:00:00.000Z', layers: [] } })],
      ['unknown layers before', history({ before: { time: '2026-10-05T00:00:00.000Z', layers: undefined } })],
    ])('given %s, then it reads as it was written', async (_, written) => {
      await stores.state.setHistory(name, emptyHistory, written);
      expect(await recalled()).toEqual(written);
    });

    test('given several functions, then those that have a history are answered', async () => {
      const written = history();
      await stores.state.setHistory(name, emptyHistory, written);
      expect(await stores.state.histories([name, randomUUID()])).toEqual(new Map([[name, written]]));
    });

    test('given 20 writers that read the same, then one writes', async () => {
      const read = history();
      await stores.state.setHistory(name, emptyHistory, read);
      const results = await Promise.all(
        Array.from({ length: 20 }, () => stores.state.setHistory(name, read, history({ version: 2 }))),
      );
      expect(results.filter((result) => result === 'written')).toHaveLength(1);
    });

    test('given one that is there, then a writer that read none is refused', async () => {
      await stores.state.setHistory(name, emptyHistory, history());
      expect(await stores.state.setHistory(name, emptyHistory, history())).toBe('conflict');
    });

    test('given a function that was deleted, then its history is forgotten after a month', async () => {
      const deleted = history({ entries: [{ ...firstOf(history()), source: 'deleted', layers: undefined }] });
      await stores.state.setHistory(name, emptyHistory, deleted);
      afterDays(31);
      expect(await recalled()).toEqual(emptyHistory);
    });

    test('given a history that is forgotten and not deleted yet, then a new one may begin', async () => {
      const deleted = history({ entries: [{ ...firstOf(history()), source: 'deleted', layers: undefined }] });
      await stores.state.setHistory(name, emptyHistory, deleted);
      afterDays(31);
      expect(await stores.state.setHistory(name, emptyHistory, history())).toBe('written');
    });

    test('given a function that lives, then its history is never forgotten', async () => {
      const written = history();
      await stores.state.setHistory(name, emptyHistory, written);
      afterDays(10 * defaultRetentionDays);
      expect(await recalled()).toEqual(written);
    });
  });

  describe('a seen entity', () => {
    const see = async (time: string, fields = {}) => {
      const { entities } = await stores.state.recall({ ...emptyQuery, entities: [name] });
      await stores.state.remember([{ key: name, time: new Date(time), ...fields }], entities);
    };
    const entity = async () =>
      (await stores.state.recall({ ...emptyQuery, entities: [name] })).entities.get(name);

    test('given sightings, then first, last and the countries are kept', async () => {
      expect(await entity()).toBeUndefined();
      await see('2026-10-06T09:00:00Z', { country: 'IE', actor: 'a' });
      await see('2026-10-07T09:00:00Z', { country: 'BR', actor: 'a' });
      expect(await entity()).toEqual({
        firstSeen: '2026-10-06T09:00:00.000Z',
        lastDay: '2026-10-07',
        dayBefore: '2026-10-06',
        countries: ['BR', 'IE'],
        actor: 'a',
      });
    });

    test('given two writers that read it as absent, then the first one stays', async () => {
      const sighting = (time: string) => [{ key: name, time: new Date(time) }];
      await stores.state.remember(sighting('2026-10-06T09:00:00Z'), new Map());
      await stores.state.remember(sighting('2026-10-06T10:00:00Z'), new Map());
      expect((await entity())?.firstSeen).toBe('2026-10-06T09:00:00.000Z');
    });

    test('given an entity past its time to live, then it is as if never seen', async () => {
      await see('2026-10-06T09:00:00Z');
      afterDays(401);
      expect(await entity()).toBeUndefined();
      await see('2026-10-07T09:00:00Z');
      expect((await entity())?.firstSeen).toBe('2026-10-07T09:00:00.000Z');
    });

    test('given 30 keys, one of 5,000 characters and one of surrogate halves, then all are answered at once', async () => {
      const keys = [
        ...Array.from({ length: 28 }, (_, index) => `${name}-${index}`),
        'x'.repeat(5_000),
        `${name}\ud800`,
      ];
      await stores.state.remember(
        keys.map((key) => ({ key, time: new Date('2026-10-06T09:00:00Z') })),
        new Map(),
      );
      const { entities } = await stores.state.recall({ ...emptyQuery, entities: keys });
      expect([...entities.keys()].sort()).toEqual([...keys].sort());
    });
  });

  describe('denied attempts', () => {
    const days = ['2026-10-06', '2026-10-05'];
    const attempts = async () =>
      (await stores.state.recall({ ...emptyQuery, deniedActor: name, deniedDays: days })).denied;

    test('given one twice and one of the day before, then each is there once', async () => {
      const attempt = (time: string) => ({ time, recordId: `id-${time}`, errorCode: 'AccessDenied' });
      const given = [attempt('2026-10-06T09:00:00.000Z'), attempt('2026-10-05T09:00:00.000Z')];
      for (const each of [...given, ...given]) await stores.state.rememberDenied(name, each);
      expect(await attempts()).toEqual(expect.arrayContaining(given));
      expect(await attempts()).toHaveLength(2);
    });

    test('given 250 at once, then 200 are kept', async () => {
      const given = Array.from({ length: 250 }, (_, index) => ({
        time: '2026-10-06T09:00:00.000Z',
        recordId: `id-${index}`,
        errorCode: 'AccessDenied',
      }));
      await Promise.all(given.map((each) => stores.state.rememberDenied(name, each)));
      expect(await attempts()).toHaveLength(200);
    });
  });

  test('given names of accounts, then those that are asked for are answered', async () => {
    const [one, two] = [randomUUID(), randomUUID()];
    await stores.state.rememberAccounts(
      new Map([
        [one, 'production'],
        [two, 'test'],
      ]),
    );
    const { accounts } = await stores.state.recall({ ...emptyQuery, accounts: [one, randomUUID()] });
    expect(accounts).toEqual(new Map([[one, 'production']]));
  });
}

function firstOf({ entries }: FunctionHistory) {
  const [first] = entries;
  if (first === undefined) throw new Error('the history has no entry');
  return first;
}
