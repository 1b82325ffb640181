import { emptyHistory, type FunctionHistory, type LayerList } from '../../lambda/detection/history';
import { indexChange, indexedLayers, layerUseOf } from '../../lambda/detection/layer-use';
import { functionArn, layerVersion } from '../fixtures/records';

const payments = functionArn('payments');
const [a1, a2, b1] = [layerVersion('a', 1), layerVersion('a', 2), layerVersion('b', 1)];
const [a, b] = [a1.slice(0, -2), b1.slice(0, -2)];
const time = '2026-10-06T10:00:00.000Z';

function having(layers: LayerList, fields: Partial<FunctionHistory> = {}): FunctionHistory {
  return {
    entries: [{ time, recordId: 'r', source: 'call', layers }],
    before: undefined,
    version: 1,
    ...fields,
  };
}

describe('what a write changes in the index', () => {
  test.each<[string, FunctionHistory, FunctionHistory, readonly string[], readonly string[]]>([
    ['a first write', { ...emptyHistory, entries: having([b1]).entries }, having([a1]), [a], []],
    ['a layer that came', having([a1]), having([a1, b1]), [b], []],
    ['a layer that went', having([a1, b1]), having([b1]), [], [a]],
    ['another version', having([a1]), having([a2]), [], []],
    ['a layer for another', having([a1]), having([b1]), [b], [a]],
  ])('given %s, then it is added and removed right', (_, read, next, added, removed) => {
    expect(indexChange(payments, read, next)).toEqual({ added, removed });
  });

  test.each([
    [300, [a]],
    [301, []],
  ])('given a function whose ARN has %d characters, then its layers are %j', (length, layers) => {
    expect(indexedLayers('x'.repeat(length), having([a1]))).toEqual(layers);
  });
});

describe('a history that begins with a list of earlier', () => {
  const before = { time: '2026-10-01T00:00:00.000Z', layers: [a1] };
  const use = (history: FunctionHistory) => layerUseOf(history, a);

  test('given no entry, then the layer is there since that list at the latest', () => {
    expect(use({ ...emptyHistory, before })).toMatchObject({
      versions: [a1],
      since: before.time,
      isExact: false,
    });
  });

  test('given an entry that kept it, then it is there since that list', () => {
    expect(use(having([a1, b1], { before }))?.since).toBe(before.time);
  });

  test('given another layer in that list beside it, then it is there since that list', () => {
    expect(use(having([a1], { before: { ...before, layers: [b1, a1] } }))?.since).toBe(before.time);
  });

  test('given a list without it, then the call put it there', () => {
    expect(use(having([a1], { before: { ...before, layers: [b1] } }))).toMatchObject({
      since: time,
      isExact: true,
    });
  });

  test('given a list that is not known, then the call put it there', () => {
    expect(use(having([a1], { before: { ...before, layers: undefined } }))?.since).toBe(time);
  });

  test('given an earlier version in that list, then the version replaced it', () => {
    expect(layerUseOf(having([a2], { before }), a2)).toMatchObject({ since: time, replaced: a1 });
  });

  test('given two versions in that list, then which one was replaced is open', () => {
    const both = { ...before, layers: [a1, layerVersion('a', 3)] };
    expect(layerUseOf(having([a2], { before: both }), a2)?.replaced).toBeUndefined();
  });

  test('given only other layers in that list, then none was replaced', () => {
    expect(layerUseOf(having([a2], { before: { ...before, layers: [b1] } }), a2)?.replaced).toBeUndefined();
  });

  test('given a list without it and no entry, then the function has it not', () => {
    expect(use({ ...emptyHistory, before: { ...before, layers: [b1] } })).toBeUndefined();
  });

  test('given other layers beside it, then its versions are its own', () => {
    expect(use(having([b1, a1]))?.versions).toEqual([a1]);
  });
});

test('given a function that was deleted, then it has no layers', () => {
  const entries = [
    ...having([a1]).entries,
    { time: '2026-10-06T11:00:00.000Z', recordId: 'd', source: 'deleted', layers: [a1] } as const,
  ];
  expect(indexedLayers(payments, having([], { entries }))).toEqual([]);
});
