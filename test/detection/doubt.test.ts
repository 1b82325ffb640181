import type { Call } from '../../lambda/detection/call';
import { doubtAbout } from '../../lambda/detection/doubt';
import type { HistoryEntry } from '../../lambda/detection/history';
import { insertEntry } from '../../lambda/detection/history-insert';
import { entryAt, historyOf } from '../fixtures/history';
import { layerVersion } from '../fixtures/records';

const [a1, b1] = [layerVersion('a', 1), layerVersion('b', 1)];
const setsLayers = { asked: { kind: 'layers', layers: [] } } as unknown as Call;

/** The doubt about a call that arrives after others, whose records are not kept. */
function doubtBehind(others: readonly HistoryEntry[], late: HistoryEntry): readonly string[] | undefined {
  return doubtAbout(setsLayers, late, insertEntry(historyOf(...others), late));
}

describe('a late removal before calls whose records are not kept', () => {
  const removal = entryAt(2, [], { recordId: 'removal' });

  test('given a later call that put layers back, then the doubt names its event', () => {
    expect(doubtBehind([entryAt(3, [a1], { recordId: 'again' })], removal)).toEqual([
      expect.stringContaining('event again,'),
    ]);
  });

  test('given also a call of its own second that put layers back, then each is a doubt, the later one first', () => {
    const doubt = doubtBehind(
      [entryAt(2, [a1], { recordId: 'beside' }), entryAt(3, [b1], { recordId: 'behind' })],
      removal,
    );
    expect(doubt).toEqual([
      expect.stringContaining('event behind,'),
      expect.stringContaining('event beside,'),
    ]);
  });

  test('given a later call that put nothing back, then there is no doubt', () => {
    expect(doubtBehind([entryAt(3, [])], removal)).toBeUndefined();
  });
});
