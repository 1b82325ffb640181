import type { FunctionHistory, HistoryEntry, LayerList } from '../../lambda/detection/history';
import { indexedLayers, layerUseOf } from '../../lambda/detection/layer-use';
import { functionArn, layerVersion } from '../fixtures/records';

const boto = 'arn:aws:lambda:eu-west-3:123456789012:layer:boto';
const [boto1, boto2, base] = [`${boto}:1`, `${boto}:2`, layerVersion('base', 4)];
const payments = functionArn('payments');

/** An entry of that hour of a day. */
const entry = (
  hour: number,
  layers: LayerList,
  { source = 'call', id = '' }: { readonly source?: HistoryEntry['source']; readonly id?: string } = {},
): HistoryEntry => ({
  time: `2026-10-06T${String(hour).padStart(2, '0')}:00:00.000Z`,
  recordId: `record-${hour}${id}`,
  source,
  layers,
  ...(source === 'call' ? { actor: `actor-of-${hour}` } : {}),
});

const history = (entries: readonly HistoryEntry[], before?: LayerList): FunctionHistory => ({
  entries,
  before: before === undefined ? undefined : { time: '2026-10-01T00:00:00.000Z', layers: before },
  version: 1,
});

const at = (hour: number) => `2026-10-06T${String(hour).padStart(2, '0')}:00:00.000Z`;

describe('since when a function has a layer', () => {
  test.each<[string, FunctionHistory, string, object | undefined]>([
    ['nothing known', history([]), boto, undefined],
    [
      'a call that put it there',
      history([entry(1, []), entry(2, [boto1])]),
      boto,
      { since: at(2), isExact: true, actor: 'actor-of-2' },
    ],
    [
      'later calls that kept it',
      history([entry(1, []), entry(2, [boto1]), entry(3, [base, boto1])]),
      boto,
      { since: at(2) },
    ],
    [
      'another version since',
      history([entry(1, [boto1]), entry(2, [boto2])]),
      boto,
      { since: at(1), versions: [boto2] },
    ],
    [
      'a wanted version',
      history([entry(1, [boto1]), entry(2, [boto2])]),
      boto2,
      { since: at(2), replaced: boto1 },
    ],
    [
      'a version that is not there any more',
      history([entry(1, [boto1]), entry(2, [boto2])]),
      boto1,
      undefined,
    ],
    ['one that was taken off', history([entry(1, [boto1]), entry(2, [])]), boto, undefined],
    [
      'one that was put on again',
      history([entry(1, [boto1]), entry(2, []), entry(3, [boto1])]),
      boto,
      { since: at(3), replaced: undefined },
    ],
    [
      'one from before what is kept',
      history([entry(2, [boto1, base])], [boto1]),
      boto,
      { since: '2026-10-01T00:00:00.000Z', isExact: false, actor: undefined },
    ],
    [
      'a listing',
      history([entry(2, [boto1], { source: 'listing' })]),
      boto,
      { since: at(2), isExact: false, actor: undefined },
    ],
    [
      'a call that could not be read behind it',
      history([entry(2, [boto1]), entry(3, undefined)]),
      boto,
      { since: at(2) },
    ],
    [
      'a function that was created with it',
      history([entry(2, [boto1], { source: 'created' })]),
      boto,
      { since: at(2), isExact: true },
    ],
    [
      'a function that was deleted',
      history([entry(2, [boto1]), entry(3, undefined, { source: 'deleted' })]),
      boto,
      undefined,
    ],
    [
      'two calls of one second',
      history([entry(2, [boto1]), entry(2, [base], { id: 'b' })]),
      boto,
      { since: at(2) },
    ],
    [
      'two lists before it in one second',
      history([entry(1, [boto1]), entry(1, [], { id: 'b' }), entry(2, [boto2])]),
      boto2,
      { replaced: undefined },
    ],
  ])('given %s, then it is known', (_, given, layer, expected) => {
    const use = layerUseOf(given, layer);
    if (expected === undefined) expect(use).toBeUndefined();
    else expect(use).toMatchObject(expected);
  });
});

describe('layers of the index', () => {
  test('given versions, then each layer is there once, without version', () => {
    expect(indexedLayers(payments, history([entry(1, [boto1, base, boto2])]))).toEqual([
      boto,
      base.slice(0, -2),
    ]);
  });

  test('given texts outside the grammar of AWS, then they are left out', () => {
    const hostile = [
      '',
      'boto',
      'arn:aws:lambda:eu-west-3:1:layer:x:1',
      `${boto}:1\n`,
      `${boto}:${'9'.repeat(500)}`,
    ];
    expect(indexedLayers(payments, history([entry(1, hostile)]))).toEqual([]);
  });

  test('given a name of a function beyond the length of a key, then it is in no index', () => {
    expect(indexedLayers(functionArn('x'.repeat(2_000)), history([entry(1, [boto1])]))).toEqual([]);
  });
});
