import type { LayerVerdict } from '../../lambda/detection/finding-document';
import { describeOwner, layerLabel, mostNotable, newLayersOf } from '../../lambda/detection/layer-labels';

function layer(fields: Partial<LayerVerdict>): LayerVerdict {
  return {
    arn: 'arn',
    name: 'boto-utils',
    version: '3',
    account: '999988887777',
    change: 'added',
    provenance: 'trusted',
    publisher: null,
    ...fields,
  };
}

test.each<[Partial<LayerVerdict>, string]>([
  [{ provenance: 'own-account', publisher: 'x' }, 'own account'],
  [{ provenance: 'aws' }, 'AWS'],
  [{ provenance: 'aws', publisher: 'Powertools\n' }, 'AWS (Powertools\\u{a})'],
  [{ provenance: 'vendor' }, 'a vendor'],
  [{ provenance: 'vendor', publisher: 'Datadog' }, 'vendor Datadog'],
  [{ provenance: 'organization' }, 'organization account 999988887777'],
  [{ provenance: 'organization', publisher: 'payments' }, 'organization account 999988887777 (payments)'],
  [{ provenance: 'organization', account: null }, 'organization account unknown'],
  [{ provenance: 'trusted', publisher: 'x' }, 'trusted account 999988887777'],
  [{ provenance: 'trusted', account: null }, 'trusted account unknown'],
  [{ provenance: 'unknown-account' }, 'unknown account 999988887777'],
  [{ provenance: 'unknown-account', publisher: 'sandbox' }, 'unknown account 999988887777 (sandbox)'],
  [{ provenance: 'unknown-account', account: null, publisher: 'sandbox' }, 'unknown owner'],
  [{ provenance: 'unknown-account', account: 'AWS (x)' }, 'unknown account "AWS (x)"'],
])('given %j, then the owner is %s', (fields, owner) => {
  expect(describeOwner(layer(fields))).toBe(owner);
});

test.each<[Partial<LayerVerdict>, string]>([
  [{}, 'boto-utils:3'],
  [{ version: null }, 'boto-utils'],
  [{ name: null }, 'arn'],
  [{ name: null, arn: null }, 'unknown'],
])('given %j, then the label is %s', (fields, label) => {
  expect(layerLabel(layer(fields))).toBe(label);
});

test.each<[LayerVerdict['change'], number]>([
  ['added', 1],
  ['version-changed', 1],
  ['set', 1],
  ['published', 1],
  ['kept', 0],
  ['removed', 0],
])('given a layer that is %s, then new layers are %d', (change, count) => {
  expect(newLayersOf([layer({ change })])).toHaveLength(count);
});

describe('the layer to speak of first', () => {
  test('given one of an unknown account, then it is that', () => {
    const unknown = layer({ provenance: 'unknown-account' });
    expect(mostNotable([layer({}), unknown])).toBe(unknown);
  });

  test('given none of an unknown account, then it is the first', () => {
    const first = layer({});
    expect(mostNotable([first, layer({ provenance: 'aws' })])).toBe(first);
  });

  test('given no layers, then there is none', () => {
    expect(mostNotable([])).toBeUndefined();
  });
});
