import { comparison, decide } from '../../../../cli/commands/restore/decide';
import { findingOf } from '../../../fixtures/finding';
import { givenUpdate, layerVersion } from '../../../fixtures/records';

const [base, util, bad] = [
  layerVersion('base', 1),
  layerVersion('util', 2),
  layerVersion('boto-utils', 3, '999988887777'),
];
const now = (layers: readonly string[], lastModified = '2026-10-06T21:14:05.000+0000') => ({
  layers,
  revisionId: 'rev-1',
  lastModified,
});
const alert = findingOf(givenUpdate([base, util, bad]), {}, { before: [base, util] });

test.each([
  ['the layers of the alert', [base, util, bad], 'restore'],
  ['the layers from before', [base, util], 'done-already'],
  ['the same layers in another order', [util, base, bad], 'refused'],
  ['one layer more', [base, util, bad, layerVersion('more', 1)], 'refused'],
  ['none', [], 'refused'],
])('given a function that has %s, then the decision is right', (_, layers, kind) => {
  expect(decide(alert, now(layers))).toMatchObject({ kind });
});

test('given layers before that are not known, then it refuses with the reason', () => {
  const unknown = findingOf(givenUpdate([bad]));
  expect(decide(unknown, now([bad]))).toMatchObject({
    kind: 'refused',
    reason: 'the layers before are not known',
  });
});

test('given a call that cannot be read, then only a function that was not modified since is restored', () => {
  const unreadable = findingOf(
    givenUpdate([], { requestParameters: { functionName: 'payments', layers: 5 }, responseElements: null }),
    {},
    { before: [base] },
  );
  expect(unreadable.layerwatch.change.kind).toBe('unreadable');
  expect(decide(unreadable, now([bad], '2026-10-06T21:14:07.000+0000'))).toMatchObject({ kind: 'restore' });
  expect(decide(unreadable, now([bad], '2026-10-06T22:00:00.000+0000'))).toMatchObject({ kind: 'refused' });
});

test('given three lists, then each layer has a line with its place in each', () => {
  expect(comparison([base, util], [base, util, bad], [util])).toEqual([
    'before  at alert  now  layer',
    `1       1         -    ${base}`,
    `2       2         1    ${util}`,
    `-       3         -    ${bad}`,
  ]);
  expect(comparison(null, null, [])).toEqual(['before  at alert  now  layer', 'none in any of the lists']);
});
