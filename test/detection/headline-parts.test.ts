import type { FindingDocument, LayerVerdict } from '../../lambda/detection/finding-document';
import { headline } from '../../lambda/detection/headline';

type Fields = FindingDocument['layerwatch'];

interface Given {
  readonly target?: Partial<Fields['target']>;
  readonly change?: Partial<Fields['change']>;
  readonly context?: object;
  readonly problems?: readonly string[];
}

function sentence({ target, change, context = {}, problems = [] }: Given): string {
  const given = {
    target: { type: 'function', name: 'payments', account: '123456789012', ...target },
    change: { kind: 'no-layers', before: [], after: [], layers: [], ...change },
    context,
    problems,
  };
  return headline(given as unknown as Fields);
}

function layer(fields: Partial<LayerVerdict> = {}): LayerVerdict {
  return {
    arn: 'a',
    name: 'util',
    version: '3',
    account: '1',
    change: 'added',
    provenance: 'own-account',
    publisher: null,
    ...fields,
  };
}

const untouched = 'The configuration of function payments was changed without touching its layers';

describe('tampering', () => {
  const tampering = (
    action: string | undefined,
    target: Partial<Fields['target']>,
    problems: readonly string[] = [],
  ) =>
    sentence({
      target,
      problems,
      context: { actor: { short: 'eve' } },
      change: { kind: 'tampering', ...(action === undefined ? {} : { action }) },
    });

  test.each<[string, string | undefined, Partial<Fields['target']>, string]>([
    [
      'a trail',
      'StopLogging',
      { type: 'trail', name: 'main' },
      'CloudTrail may no longer report calls: StopLogging on main by eve',
    ],
    [
      'a rule',
      'DeleteRule',
      { type: 'resource', name: 'Layerwatch-R' },
      'Layerwatch may be blind or silent: DeleteRule on Layerwatch-R by eve',
    ],
    [
      'neither call nor name',
      undefined,
      { type: 'resource', name: null },
      'Layerwatch may be blind or silent: a call on unknown by eve',
    ],
  ])('given a call on %s, then the sentence says what may be blind', (_, action, target, expected) => {
    expect(tampering(action, target)).toBe(expected);
  });

  test('given a forged event, then the sentence has the last problem and believes nothing else', () => {
    expect(tampering('ForgedEvent', { account: '999988887777' }, ['odd', 'the record claims'])).toBe(
      'A forged event of account 999988887777 was put on the bus: the record claims',
    );
  });

  test('given a forged event of which nothing is known, then the sentence says so', () => {
    expect(tampering('ForgedEvent', { account: null })).toBe(
      'A forged event of account unknown was put on the bus: it does not fit its envelope',
    );
  });
});

describe('a version', () => {
  const changedTo = (fields: Partial<LayerVerdict>, ...more: readonly LayerVerdict[]) =>
    sentence({
      change: {
        kind: 'version-changed',
        layers: [layer({ change: 'version-changed', from_version: '2', ...fields }), ...more],
      },
    });

  test.each<[string, string | null, string]>([
    ['a number of one digit', '3', '3'],
    ['a number of twelve digits', '123456789012', '123456789012'],
    ['letters behind a number', '3 x', '"3 x"'],
    ['letters before a number', 'x 3', '"x 3"'],
    ['no number', null, 'unknown'],
  ])('given %s, then it is shown safely', (_, version, shown) => {
    expect(changedTo({ version })).toBe(
      `Layer util of this account was changed from version 2 to ${shown} on function payments`,
    );
  });

  test('given no version before, then it is unknown', () => {
    const { from_version: _, ...rest } = layer({ change: 'version-changed' });
    expect(sentence({ change: { kind: 'version-changed', layers: [rest] } })).toContain(
      'from version unknown to 3',
    );
  });

  test('given no name of the layer, then it is unknown', () => {
    expect(changedTo({ name: null })).toContain('Layer unknown of this account');
  });

  test('given two more layers, then they are counted', () => {
    const other = layer({ change: 'version-changed' });
    expect(changedTo({}, other, other)).toBe(
      'Layer util of this account was changed from version 2 to 3 and 2 more layers to another version on function payments',
    );
  });

  test('given no layer, then the sentence says so', () => {
    expect(sentence({ change: { kind: 'version-changed' } })).toBe('No layer changed on function payments');
  });
});

describe('a publish', () => {
  const published = (layers: readonly LayerVerdict[], target: Partial<Fields['target']> = {}) =>
    sentence({ target: { type: 'layer', name: 'util', ...target }, change: { kind: 'published', layers } });

  test('given no version, then the sentence has none', () => {
    expect(published([layer({ version: null })])).toBe('A version of layer util was published');
  });

  test('given no layer, then the sentence has no version', () => {
    expect(published([])).toBe('A version of layer util was published');
  });

  test('given no name, then the sentence says so', () => {
    expect(published([layer()], { name: null })).toBe(
      'Version 3 of a layer that the record does not name was published',
    );
  });

  test('given nothing that can be read, then the sentence says so', () => {
    expect(sentence({ target: { type: 'layer' }, change: { kind: 'unreadable' } })).toBe(
      'A layer version that the record does not name was published',
    );
  });
});

describe('layers that were added', () => {
  test('given none, then the sentence says so', () => {
    expect(sentence({ change: { kind: 'added' } })).toBe('No layer was added to function payments');
  });

  test('given what became of each other, then it is counted', () => {
    const layers = [
      layer(),
      layer({ change: 'version-changed' }),
      layer({ change: 'kept' }),
      layer({ change: 'removed' }),
    ];
    expect(sentence({ change: { kind: 'added', layers } })).toBe(
      'Layer util:3 of this account was added to function payments (1 layer in another version, 1 layer kept, 1 layer removed)',
    );
  });

  test('given no other, then nothing is in parentheses', () => {
    expect(sentence({ change: { kind: 'added', layers: [layer()] } })).toBe(
      'Layer util:3 of this account was added to function payments',
    );
  });
});

describe('who and from where', () => {
  test.each<[string, object, string]>([
    ['nothing', {}, ''],
    ['an actor', { actor: { short: 'eve' } }, ' by eve'],
    [
      'a country',
      { origin: { country_name: 'Brazil', kind: 'public', address: '203.0.113.7' } },
      ' from Brazil',
    ],
    [
      'a public address',
      { origin: { country_name: null, kind: 'public', address: '203.0.113.7' } },
      ' from 203.0.113.7',
    ],
    ['a private address', { origin: { country_name: null, kind: 'private', address: '10.0.0.1' } }, ''],
    ['a public place without an address', { origin: { country_name: null, kind: 'public' } }, ''],
    ['a time within working hours', { time: { outside_working_hours: false } }, ''],
    ['a time outside', { time: { outside_working_hours: true } }, ', outside working hours'],
  ])('given %s, then the sentence ends in it', (_, context, end) => {
    expect(sentence({ context })).toBe(`${untouched}${end}`);
  });
});
