import {
  type ChangeKind,
  changeKindNames,
  changeKinds,
  changePolicy,
} from '../../lambda/detection/change-kinds';

/** Kinds with a property of the policy, in any order. */
function kindsThat(
  property: Exclude<keyof ReturnType<typeof changePolicy>, 'strength'>,
): readonly ChangeKind[] {
  return changeKindNames.filter((kind) => changePolicy(kind)[property]).sort();
}

describe('the policy of the kinds of change', () => {
  test('given all kinds, then their order is the order of their strength', () => {
    expect(changeKindNames).toEqual([
      'tampering',
      'added',
      'version-changed',
      'unseen-change',
      'before-unknown',
      'published',
      'unreadable',
      'removed',
      'reordered',
      'unchanged',
      'no-layers',
    ]);
    const strengths = changeKindNames.map((kind) => changePolicy(kind).strength);
    expect(strengths).toEqual([...strengths].sort((a, b) => b - a));
  });

  test('given two kinds, then they share no strength', () => {
    expect(new Set(Object.values(changeKinds).map(({ strength }) => strength)).size).toBe(
      changeKindNames.length,
    );
  });

  test('given `notifyOn: layer-changes`, then what puts a layer on a function, or may, is notified', () => {
    expect(kindsThat('notifies')).toEqual([
      'added',
      'before-unknown',
      'published',
      'tampering',
      'unreadable',
      'unseen-change',
      'version-changed',
    ]);
  });

  test('given a call that changed a function, or may have, then it is news, however often the same was notified', () => {
    expect(kindsThat('eachCallIsNews')).toEqual([
      'added',
      'before-unknown',
      'removed',
      'tampering',
      'unreadable',
      'unseen-change',
      'version-changed',
    ]);
  });

  test('given a call that puts a layer somewhere, or may, then the first of an actor counts as risk', () => {
    expect(kindsThat('addsLayers')).toEqual([
      'added',
      'before-unknown',
      'published',
      'unreadable',
      'version-changed',
    ]);
  });

  test('given the kinds that add layers, then these are the ones that are remembered', () => {
    expect(kindsThat('isRemembered')).toEqual(kindsThat('addsLayers'));
  });

  test('given a call that may have changed a function, then Lambda is asked about it', () => {
    expect(kindsThat('looksUpFunction')).toEqual([
      'added',
      'before-unknown',
      'unreadable',
      'unseen-change',
      'version-changed',
    ]);
  });
});
