import type { AlertStatus } from '../../lambda/detection/finding-document';
import {
  assigneeOf,
  type TriageAction,
  type TriageEntry,
  transitionOf,
  withEntry,
} from '../../lambda/detection/triage';

const entry = (action: TriageAction, reason?: string): TriageEntry => ({
  at: '2026-10-06T10:00:00Z',
  by: 'eve',
  action,
  ...(reason === undefined ? {} : { reason }),
});

describe('the status after an action', () => {
  test.each<[TriageAction, AlertStatus, AlertStatus]>([
    ['acknowledge', 'open', 'acknowledged'],
    ['close', 'open', 'closed'],
    ['close', 'acknowledged', 'closed'],
    ['reopen', 'closed', 'open'],
    ['reopen', 'acknowledged', 'open'],
    ['restore', 'open', 'open'],
    ['delete-layer', 'closed', 'closed'],
    ['assign', 'acknowledged', 'acknowledged'],
    ['unassign', 'open', 'open'],
  ])('given %s of an alert that is %s, then it is %s', (action, status, expected) => {
    expect(transitionOf({ status, history: [] }, action)).toEqual({ kind: 'to', status: expected });
  });

  test.each<[TriageAction, AlertStatus, string]>([
    ['acknowledge', 'acknowledged', 'it is acknowledged already'],
    ['acknowledge', 'closed', 'it is closed already'],
    ['close', 'closed', 'it is closed already'],
    ['reopen', 'open', 'it is open'],
  ])('given %s of an alert that is %s, then the refusal says so', (action, status, reason) => {
    expect(transitionOf({ status, history: [] }, action)).toEqual({ kind: 'refused', reason });
  });

  test.each<[TriageAction, AlertStatus]>([
    ['acknowledge', 'closed'],
    ['close', 'closed'],
    ['reopen', 'open'],
  ])(
    'given a history, then the refusal of %s names the last change of an alert that is %s',
    (action, status) => {
      expect(transitionOf({ status, history: [entry('close')] }, action)).toMatchObject({
        reason: expect.stringMatching(/, last changed by eve at 2026-10-06T10:00:00Z$/),
      });
    },
  );
});

describe('who works on an alert', () => {
  test.each<[string, readonly TriageEntry[], string | undefined]>([
    ['nobody named', [entry('close')], undefined],
    ['somebody assigned', [entry('assign', 'carol'), entry('close', 'x')], 'carol'],
    ['somebody else assigned later', [entry('assign', 'carol'), entry('assign', 'dave')], 'dave'],
    ['nobody any more', [entry('assign', 'carol'), entry('unassign', 'x')], undefined],
  ])('given %s, then it is right', (_, history, assignee) => {
    expect(assigneeOf({ history })).toBe(assignee);
  });
});

describe('a history with one more entry', () => {
  test('given a long reason, then its first 1,000 characters are kept', () => {
    expect(withEntry([], entry('close', 'x'.repeat(1_001)))).toEqual([entry('close', 'x'.repeat(1_000))]);
  });

  test('given no reason, then the entry has none', () => {
    expect(withEntry([], entry('close'))[0]).not.toHaveProperty('reason');
  });

  test('given 100 entries, then the oldest goes', () => {
    const history = [entry('assign'), ...Array.from({ length: 99 }, () => entry('close'))];
    expect(withEntry(history, entry('reopen')).map(({ action }) => action)).toEqual([
      ...Array.from({ length: 99 }, () => 'close'),
      'reopen',
    ]);
  });
});
