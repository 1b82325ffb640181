import fc from 'fast-check';
import type { Asked } from '../../lambda/detection/call';
import { type Change, decideChange, nothingKnown } from '../../lambda/detection/change';
import type { LayerList } from '../../lambda/detection/history';
import { account, layerVersion } from '../fixtures/records';

const a1 = layerVersion('a', 1);
const a2 = layerVersion('a', 2);
const b1 = layerVersion('b', 1);
const c1 = layerVersion('c', 1);

function afterLayers(layers: readonly string[], ...before: readonly LayerList[]): Change {
  return decideChange({ kind: 'layers', layers }, { before, answered: undefined });
}

const verdicts = ({ layers }: Change) => layers.map(({ arn, change }) => [arn, change]);

describe('the change of a call that sets layers', () => {
  test.each([
    ['a layer more', [a1], [a1, b1], 'added', ['kept', 'added']],
    ['a layer instead of another', [a1], [b1], 'added', ['added', 'removed']],
    ['a first layer', [], [a1], 'added', ['added']],
    ['a layer more and another version', [a1], [a2, b1], 'added', ['version-changed', 'added']],
    ['another version', [a1, b1], [a2, b1], 'version-changed', ['version-changed', 'kept']],
    ['another version and one gone', [a1, b1], [a2], 'version-changed', ['version-changed', 'removed']],
    ['a layer less', [a1, b1], [b1], 'removed', ['kept', 'removed']],
    ['nothing left', [a1], [], 'removed', ['removed']],
    ['another order', [a1, b1], [b1, a1], 'reordered', ['kept', 'kept']],
    ['the same again', [a1, b1], [a1, b1], 'unchanged', ['kept', 'kept']],
    ['nothing again', [], [], 'unchanged', []],
  ])('given %s, then each layer has its own verdict', (_, before, after, kind, expected) => {
    const decided = afterLayers(after, before);
    expect(decided.kind).toBe(kind);
    expect(decided.layers.map((layer) => layer.change)).toEqual(expected);
  });

  test('given a change, then it names both lists', () => {
    expect(afterLayers([b1], [a1])).toMatchObject({ before: [a1], after: [b1] });
  });

  test('given a layer that was removed, then it is listed behind those that are on the function', () => {
    expect(verdicts(afterLayers([b1, c1], [a1, b1]))).toEqual([
      [b1, 'kept'],
      [c1, 'added'],
      [a1, 'removed'],
    ]);
  });

  test('given another version, then the layer names the version that it had', () => {
    expect(afterLayers([a2], [a1]).layers).toEqual([
      { arn: a2, name: 'a', version: '2', account, change: 'version-changed', fromVersion: '1' },
    ]);
  });

  test('given a layer that stays, then it names no version that it had', () => {
    expect(afterLayers([a1], [a1]).layers).toEqual([
      { arn: a1, name: 'a', version: '1', account, change: 'kept', fromVersion: undefined },
    ]);
  });

  test('given a text that is no ARN, then it is added under its text alone', () => {
    expect(afterLayers(['x'], []).layers).toEqual([
      { arn: 'x', name: undefined, version: undefined, account: undefined, change: 'added' },
    ]);
  });

  test('given an ARN without a version that gets one, then the version that it had is unknown', () => {
    const [layer] = afterLayers([a1], [a1.slice(0, -2)]).layers;
    expect(layer).toMatchObject({ change: 'version-changed', fromVersion: undefined });
  });

  test('given no list before, then it is unknown and never unchanged', () => {
    const decided = afterLayers([a1], undefined);
    expect(decided).toMatchObject({ kind: 'before-unknown', before: undefined, after: [a1] });
    expect(verdicts(decided)).toEqual([[a1, 'set']]);
  });

  test('given no list before and an empty list, then something can only have been removed', () => {
    expect(afterLayers([], undefined)).toMatchObject({ kind: 'removed', layers: [] });
  });

  test('given nothing known at all, then what was before is unknown', () => {
    expect(decideChange({ kind: 'layers', layers: [a1] }, nothingKnown).kind).toBe('before-unknown');
  });

  test('given not even an unknown list before, then what was before is unknown', () => {
    expect(afterLayers([a1])).toMatchObject({ kind: 'before-unknown', after: [a1] });
  });

  test.each([
    ['one with the layer and one without it', [[a1], []], 'added', []],
    ['one with the layer and an unknown one', [[a1], undefined], 'before-unknown', undefined],
    ['one without the layer and an unknown one', [[], undefined], 'added', []],
    ['one with another version and the same', [[a1], [a2]], 'version-changed', [a2]],
    ['two without the layer', [[c1], [b1]], 'added', [b1]],
  ] as const)('given %s before, then the strongest change counts, in any order', (_, before, kind, list) => {
    const orders = [before, [...before].reverse()].map((lists) => afterLayers([a1], ...lists));
    for (const decided of orders) expect(decided).toMatchObject({ kind, before: list });
  });

  test('given an unknown list and one with a layer before an empty list, then the order of both does not matter', () => {
    const [first, second] = [afterLayers([], undefined, [a1]), afterLayers([], [a1], undefined)];
    expect(first.before).toEqual([a1]);
    expect(second).toEqual(first);
  });

  test('given a new layer in any place of any list, then the change is added', () => {
    const layer = fc.integer({ min: 1, max: 9 }).map((n) => layerVersion(`l${n}`, 1));
    fc.assert(
      fc.property(fc.uniqueArray(layer, { maxLength: 4 }), fc.nat(4), (before, place) => {
        const after = before.toSpliced(place, 0, layerVersion('foreign', 1, '999988887777'));
        expect(afterLayers(after, before).kind).toBe('added');
      }),
    );
  });
});

describe('the change of a call without layers', () => {
  function answered(list: LayerList, ...before: readonly LayerList[]): Change {
    return decideChange({ kind: 'no-layers' }, { before, answered: list });
  }

  test.each([
    ['no response', undefined, [[a1]]],
    ['the list that was known', [a1], [[a1]]],
    ['one of the lists that were known', [a1], [[b1], [a1]]],
    ['a list where one may have been before that nobody knows', [a1], [[b1], undefined]],
    ['a list where nothing was known', [a1], [undefined]],
    ['a list and not even an unknown one before', [a1], []],
  ] as const)('given %s, then no change is behind it', (_, list, before) => {
    expect(answered(list, ...before)).toMatchObject({ kind: 'no-layers', layers: [] });
  });

  test('given another list than the known one, then a change was not seen', () => {
    const decided = answered([a1, b1], [a1]);
    expect(decided).toMatchObject({ kind: 'unseen-change', before: [a1], after: [a1, b1] });
    expect(verdicts(decided)).toEqual([
      [a1, 'kept'],
      [b1, 'added'],
    ]);
  });

  test('given a response, then its list is on the function', () => {
    expect(answered([a1], undefined).after).toEqual([a1]);
  });

  test('given no response and one list before, then it stays on the function', () => {
    expect(answered(undefined, [a1])).toMatchObject({ before: [a1], after: [a1] });
  });

  test('given no response and two lists before, then which one is on the function is unknown', () => {
    expect(answered(undefined, [a1], [b1])).toMatchObject({ before: undefined, after: undefined });
  });
});

describe('the change of a call that cannot be read', () => {
  function unreadable(answered: LayerList, before: readonly LayerList[]): Change {
    return decideChange({ kind: 'unreadable', layers: [c1] }, { before, answered });
  }

  test('given no response, then the readable layers are what it set', () => {
    const decided = unreadable(undefined, [[a1]]);
    expect(decided).toMatchObject({ kind: 'unreadable', before: [a1], after: undefined });
    expect(verdicts(decided)).toEqual([[c1, 'set']]);
  });

  test('given a response and no list before, then the layers of the response are what it set', () => {
    const decided = unreadable([a1], [undefined]);
    expect(decided).toMatchObject({ kind: 'unreadable', before: undefined, after: [a1] });
    expect(verdicts(decided)).toEqual([[a1, 'set']]);
  });

  test('given a response and a list before, then each layer has its own verdict', () => {
    const decided = unreadable([a1, b1], [[a1]]);
    expect(decided).toMatchObject({ kind: 'unreadable', before: [a1], after: [a1, b1] });
    expect(verdicts(decided)).toEqual([
      [a1, 'kept'],
      [b1, 'added'],
    ]);
  });

  test('given a response and two lists before, then what was before is unknown', () => {
    expect(unreadable([a1], [[a1], [b1]]).before).toBeUndefined();
  });
});

describe('the change of a publish', () => {
  const publish = (layerVersionArn: string | undefined, version: string | undefined) =>
    decideChange({ kind: 'publish', layerVersionArn, version }, nothingKnown);

  test('given an ARN, then the layer is named by its parts', () => {
    expect(publish(a2, undefined)).toEqual({
      kind: 'published',
      before: undefined,
      after: undefined,
      layers: [{ arn: a2, name: 'a', version: '2', account, change: 'published' }],
    });
  });

  test('given a version beside the ARN, then it counts', () => {
    expect(publish(a2, '3').layers[0]?.version).toBe('3');
  });

  test('given no ARN, then the layer has only its version', () => {
    expect(publish(undefined, '3').layers).toEqual([
      { arn: undefined, name: undefined, version: '3', account: undefined, change: 'published' },
    ]);
  });
});

describe('the change of a call of tampering', () => {
  function tampering(layers: readonly string[] | undefined): Change {
    const asked: Asked = { kind: 'tampering', action: 'DisableRule', layers };
    return decideChange(asked, { before: [[b1]], answered: [c1] });
  }

  test('given one without layers, then the list of the response is on the function', () => {
    expect(tampering(undefined)).toEqual({
      kind: 'tampering',
      before: undefined,
      after: [c1],
      layers: [],
    });
  });

  test('given one with layers, then each of them was set', () => {
    const decided = tampering([a1]);
    expect(decided).toMatchObject({ kind: 'tampering', before: undefined, after: [a1] });
    expect(verdicts(decided)).toEqual([[a1, 'set']]);
  });
});
