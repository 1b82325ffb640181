import type { NewsState } from '../../lambda/detection/alert';
import {
  deliveryOf,
  isUnfinished,
  newsIn,
  undeliveredState,
  withDigested,
  withNotified,
  withWithheld,
} from '../../lambda/detection/alert-news';
import type { Band } from '../../lambda/detection/band';
import { alertWith } from '../fixtures/alert';

function newsOf(states: Readonly<Record<string, NewsState>>): ReadonlyMap<string, NewsState> {
  return new Map(Object.entries(states));
}

describe('an alert whose notification SNS accepted', () => {
  const at = '2026-10-06T21:20:00.000Z';
  const accepted = (band: Band) => ({ band, messageId: 'm1', at });

  test('given one record of two, then that one is notified and the other stays owed', () => {
    const alert = alertWith({ news: newsOf({ r1: 'owed', r2: 'owed' }) });
    expect(withNotified(alert, 'r1', accepted('high'))).toEqual({
      ...alert,
      news: newsOf({ r1: 'notified', r2: 'owed' }),
      notifiedBand: 'high',
      notifiedAt: at,
      messageId: 'm1',
    });
  });

  test.each([
    ['high', 'medium', 'high'],
    ['high', 'high', 'high'],
    ['high', 'critical', 'critical'],
    [undefined, 'low', 'low'],
  ] as const)('given %s notified before and %s now, then %s is the highest', (before, now, highest) => {
    expect(withNotified(alertWith({ notifiedBand: before }), 'r1', accepted(now)).notifiedBand).toBe(highest);
  });

  test('given topics that had it already, then only those of other records are remembered', () => {
    const other = deliveryOf('r10', 'topic');
    const deliveries = new Set([deliveryOf('r1', 'topic'), other]);
    expect(withNotified(alertWith({ deliveries }), 'r1', accepted('high')).deliveries).toEqual(
      new Set([other]),
    );
  });
});

describe('an alert whose notification the budget refused', () => {
  test('given a record that is owed, then it is withheld and the others stay as they are', () => {
    const alert = alertWith({ news: newsOf({ r1: 'owed', r2: 'owed' }) });
    expect(withWithheld(alert, 'r1')).toEqual({ ...alert, news: newsOf({ r1: 'withheld', r2: 'owed' }) });
  });

  test.each(['notified', 'withheld', 'digested'] as const)(
    'given a record that is %s, then nothing changes',
    (state) => {
      const alert = alertWith({ news: newsOf({ r1: state }) });
      expect(withWithheld(alert, 'r1')).toBe(alert);
    },
  );

  test('given a record that is no news, then nothing changes', () => {
    const alert = alertWith({ news: newsOf({}) });
    expect(withWithheld(alert, 'r1')).toBe(alert);
  });
});

describe('an alert that a digest named', () => {
  test('given records that were withheld, then those that it named are digested', () => {
    const alert = alertWith({ news: newsOf({ r1: 'withheld', r2: 'withheld' }) });
    expect(withDigested(alert, ['r1'])).toEqual({
      ...alert,
      news: newsOf({ r1: 'digested', r2: 'withheld' }),
    });
  });

  test.each(['owed', 'notified', 'digested'] as const)(
    'given a named record that is %s by then, then it stays so',
    (state) => {
      const news = newsOf({ r1: state });
      expect(withDigested(alertWith({ news }), ['r1']).news).toEqual(news);
    },
  );
});

describe('the news in one state', () => {
  test('given several, then the oldest is first', () => {
    const news = newsOf({ r2: 'owed', r9: 'notified', r1: 'owed' });
    expect(newsIn({ news }, 'owed')).toEqual(['r2', 'r1']);
  });

  test.each([
    ['owed', true],
    ['notified', false],
    ['withheld', false],
    ['digested', false],
  ] as const)('given a record that is %s, then the alert is unfinished: %p', (state, isExpected) => {
    expect(isUnfinished({ news: newsOf({ r1: state }) })).toBe(isExpected);
  });
});

describe('what an alert waits for', () => {
  const behind = { revision: 2, exported: new Map([['event-bus', 1]]) };

  test.each([
    [
      'a record is owed, another withheld, and an export behind',
      { r1: 'withheld', r2: 'owed' },
      behind,
      'pending',
    ],
    ['a record is withheld and an export behind', { r1: 'withheld', r2: 'notified' }, behind, 'withheld'],
    ['an export is behind', { r1: 'notified' }, behind, 'unexported'],
    ['nothing is left', { r1: 'notified', r2: 'digested' }, {}, undefined],
  ] as const)(
    'given that %s, then the first of these is what it waits for',
    (_, states, fields, expected) => {
      expect(undeliveredState(alertWith({ news: newsOf(states), ...fields }))).toBe(expected);
    },
  );
});
