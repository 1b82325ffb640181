import {
  dispositionOf,
  documentOf,
  keptRecordId,
  maxListedRecords,
  type NewsState,
  newsStates,
  occurrencesOf,
  strengthOf,
  withAlertState,
} from '../../lambda/detection/alert';
import { alertWith, findingWith } from '../fixtures/alert';

describe('the occurrences of an alert', () => {
  test('given listed records and buckets of further ones, then their sum', () => {
    const overflow = new Map([
      ['0a', 3],
      ['ff', 4],
    ]);
    expect(occurrencesOf(alertWith({ recordIds: new Set(['r1', 'r2']), overflow }))).toBe(9);
  });

  test('given the documented limit, then an item lists 100 records', () => {
    expect(maxListedRecords).toBe(100);
  });
});

describe('the disposition of an alert', () => {
  const withNews = (...states: readonly NewsState[]) =>
    new Map(states.map((state, index) => [`r${index}`, state] as const));

  test('given the states of news, then these are all of them', () => {
    expect(newsStates).toEqual(['owed', 'notified', 'withheld', 'digested']);
  });

  test.each([
    ['no news', [], 'notify'],
    ['owed', ['owed'], 'notify'],
    ['notified', ['notified'], 'notify'],
    ['withheld', ['withheld'], 'withhold'],
    ['digested', ['digested'], 'withhold'],
    ['withheld and digested', ['withheld', 'digested'], 'withhold'],
    ['withheld and owed', ['withheld', 'owed'], 'notify'],
    ['withheld and notified', ['withheld', 'notified'], 'notify'],
    ['digested and notified', ['digested', 'notified'], 'notify'],
  ] as const)('given news of the states %s, then the alert is as it should be', (_, states, disposition) => {
    expect(dispositionOf(alertWith({ news: withNews(...states) }))).toBe(disposition);
  });

  test.each(['record', 'except', 'withhold'] as const)(
    'given a record that was judged as %s, then it stays so, whatever the news',
    (disposition) => {
      const alert = alertWith({ news: withNews('withheld') }, { disposition });
      expect(dispositionOf(alert)).toBe(disposition);
    },
  );
});

describe('the document of an alert', () => {
  const alert = alertWith({
    status: 'closed',
    firstSeen: '2026-10-06T21:00:00.000Z',
    lastSeen: '2026-10-06T21:30:00.000Z',
    recordIds: new Set(['r2', 'r1']),
    news: new Map([['r1', 'withheld']]),
  });

  test('given an alert, then the document has its state, counts and times', () => {
    expect(documentOf(alert).layerwatch).toEqual({
      ...alert.judgedDocument.layerwatch,
      status: 'closed',
      disposition: 'withhold',
      occurrences: 2,
      first_seen: '2026-10-06T21:00:00.000Z',
      last_seen: '2026-10-06T21:30:00.000Z',
      event_ids: ['r1', 'r2'],
    });
  });

  test('given an alert, then the rest of the document is as it was judged', () => {
    const { layerwatch: _, ...rest } = documentOf(alert);
    expect({ ...rest, layerwatch: alert.judgedDocument.layerwatch }).toEqual(alert.judgedDocument);
  });

  test('given the document of another record, then its own judgement counts', () => {
    const { document } = findingWith({ disposition: 'record', band: 'low' });
    expect(withAlertState(document, alert).layerwatch).toMatchObject({
      disposition: 'record',
      risk: { band: 'low' },
      occurrences: 2,
    });
  });
});

describe('the strength of a record', () => {
  test('given a record, then it is a text that sorts', () => {
    expect(strengthOf(findingWith())).toBe('3 73 09 2026-10-06T21:14:05.000Z r1');
  });

  test('given one digit of points, then it has a zero before it', () => {
    const finding = findingWith();
    const { layerwatch } = finding.document;
    const risk = { ...layerwatch.risk, score: 5 };
    const document = { ...finding.document, layerwatch: { ...layerwatch, risk } };
    expect(strengthOf({ document, recordId: 'r1' })).toMatch(/^3 05 09 /);
  });

  test.each([
    ['disposition', { disposition: 'record', band: 'critical' }, { disposition: 'except', band: 'low' }],
    ['disposition', { disposition: 'except', band: 'critical' }, { disposition: 'withhold', band: 'low' }],
    ['disposition', { disposition: 'withhold', band: 'critical' }, { disposition: 'notify', band: 'low' }],
    ['score', { band: 'medium', kind: 'added' }, { band: 'high', kind: 'removed' }],
    ['change', { kind: 'version-changed', time: '2027' }, { kind: 'added', time: '2026' }],
    ['change', { kind: 'added', time: '2027' }, { kind: 'tampering', time: '2026' }],
    ['time', { time: '2026', recordId: 'r2' }, { time: '2027', recordId: 'r1' }],
    ['id', { recordId: 'r1' }, { recordId: 'r2' }],
  ] as const)('given two records that differ in the %s first, then that decides', (_, weaker, stronger) => {
    expect(strengthOf(findingWith(weaker)) < strengthOf(findingWith(stronger))).toBe(true);
  });

  test('given a strength, then it names the record whose document is kept', () => {
    expect(keptRecordId({ strength: strengthOf(findingWith({ recordId: 'e-1' })) })).toBe('e-1');
  });
});
