import { randomUUID } from 'node:crypto';
import { bareLayer } from '../../lambda/detection/arn';
import { emptyHistory, type FunctionHistory, type HistoryEntry } from '../../lambda/detection/history';
import { layerUseOf } from '../../lambda/detection/layer-use';
import { functionArn, layerVersion } from '../fixtures/records';
import type { OpenedStores, Stores } from '../harness/stores';

/** What every store of state has to answer of the functions that have a layer. */
export function layerIndexContract(open: () => Promise<OpenedStores>): void {
  let opened: OpenedStores;
  let stores: Stores;
  let name: string;
  let layer: string;
  let other: string;
  beforeAll(async () => {
    opened = await open();
    stores = opened.stores({ now: () => new Date() });
  });
  afterAll(() => opened.close());
  beforeEach(() => {
    name = randomUUID();
    layer = bareLayer(layerVersion(`layer-${name}`, 1));
    other = bareLayer(layerVersion(`other-${name}`, 1));
  });

  const withLayers = (
    layers: readonly string[] | undefined,
    version: number,
    source: HistoryEntry['source'] = 'call',
  ): FunctionHistory => ({
    entries: [{ time: `2026-10-06T21:00:0${version}.000Z`, recordId: `record-${version}`, source, layers }],
    before: undefined,
    version,
  });
  const found = async (limit = 100) => [...(await stores.state.functionsWith(layer, limit))].sort();
  const set = (arn: string, read: FunctionHistory, next: FunctionHistory) =>
    stores.state.setHistory(arn, read, next);

  test('given functions with versions of it, then all of them are found, and no other', async () => {
    const [one, two, three] = ['a', 'b', 'c'].map((end) => functionArn(`${name}-${end}`)) as [
      string,
      string,
      string,
    ];
    await set(one, emptyHistory, withLayers([`${layer}:1`, `${other}:1`], 1));
    await set(two, emptyHistory, withLayers([`${layer}:2`], 1));
    await set(three, emptyHistory, withLayers([`${other}:1`], 1));
    expect(await found()).toEqual([one, two]);
  });

  test('given more functions than the limit, then as many are found', async () => {
    for (let index = 0; index < 5; index++)
      await set(functionArn(`${name}-${index}`), emptyHistory, withLayers([`${layer}:1`], 1));
    expect(await found(3)).toHaveLength(3);
  });

  test.each<[string, FunctionHistory]>([
    ['was taken off', withLayers([], 2)],
    ['made place for another', withLayers(['arn:aws:lambda:eu-west-3:123456789012:layer:another:1'], 2)],
    ['went with its function', withLayers(undefined, 2, 'deleted')],
  ])('given one that %s, then its function is found no more', async (_, next) => {
    const arn = functionArn(name);
    const read = withLayers([`${layer}:1`], 1);
    await set(arn, emptyHistory, read);
    await set(arn, read, next);
    expect(await found()).toEqual([]);
  });

  test('given another version, then its function is found', async () => {
    const arn = functionArn(name);
    const read = withLayers([`${layer}:1`], 1);
    await set(arn, emptyHistory, read);
    await set(arn, read, withLayers([`${layer}:2`], 2));
    expect(await found()).toEqual([arn]);
  });

  test('given a writer that another one forestalled, then no function is missing', async () => {
    const arn = functionArn(name);
    const first = withLayers([], 1);
    await set(arn, emptyHistory, first);
    expect(await set(arn, first, withLayers([`${layer}:1`], 2))).toBe('written');
    expect(await set(arn, first, withLayers([`${other}:1`], 2))).toBe('conflict');
    expect(await found()).toEqual([arn]);
  });

  test('given 20 writers that put it on and take it off, then those whose history has it are found', async () => {
    const arn = functionArn(name);
    await Promise.all(
      Array.from({ length: 20 }, async (_, index) => {
        for (;;) {
          const read = (await stores.state.histories([arn])).get(arn) ?? emptyHistory;
          const next = {
            ...withLayers(index % 2 === 0 ? [`${layer}:1`] : [], 1),
            version: read.version + 1,
          };
          if ((await set(arn, read, next)) === 'written') return;
        }
      }),
    );
    const history = (await stores.state.histories([arn])).get(arn) ?? emptyHistory;
    const hasIt = layerUseOf(history, layer) !== undefined;
    expect(hasIt ? await found() : [arn]).toEqual([arn]);
  });

  test('given texts that are no ARNs of layers, then they are in no index', async () => {
    await set(functionArn(name), emptyHistory, withLayers(['', 'arn:a:1', 'x'.repeat(3_000)], 1));
    expect(await stores.state.functionsWith('arn:a', 10)).toEqual([]);
  });
}
