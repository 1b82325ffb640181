import type { Finding, NewsState, StoredAlert } from '../../lambda/detection/alert';
import {
  type Contribution,
  isSameAlert,
  maxNews,
  withContribution,
  withRevision,
} from '../../lambda/detection/fold-alert';
import { alertWith, findingWith } from '../fixtures/alert';

const now = new Date('2026-10-06T21:20:00Z');

interface Given {
  readonly counted?: Contribution['counted'];
  readonly sameNews?: readonly string[];
  readonly historyVersion?: number;
  readonly isComplete?: boolean;
  readonly exporters?: readonly string[];
}

/** The alert with one more record that is counted. */
function folded(alert: StoredAlert | undefined, finding: Finding, given: Given = {}): StoredAlert {
  const { sameNews = [], historyVersion = 0, isComplete = false, exporters = [] } = given;
  const counted = 'counted' in given ? given.counted : { recordId: finding.recordId, bucket: undefined };
  const judged = [{ finding, sameNews }] as const;
  return withContribution(alert, { counted, judged, historyVersion, isComplete, exporters }, now);
}

function newsOf(states: Readonly<Record<string, NewsState>>): ReadonlyMap<string, NewsState> {
  return new Map(Object.entries(states));
}

describe('the first record of an alert', () => {
  test('given one that is notified, then the alert is of it alone', () => {
    const finding = findingWith();
    expect(folded(undefined, finding, { historyVersion: 3, exporters: ['event-bus'] })).toEqual({
      alertId: finding.alertId,
      actor: 'ci-deploy',
      judgedDocument: finding.document,
      strength: '3 73 09 2026-10-06T21:14:05.000Z r1',
      historyVersion: 3,
      firstSeen: '2026-10-06T21:14:05.000Z',
      lastSeen: '2026-10-06T21:14:05.000Z',
      recordIds: new Set(['r1']),
      overflow: new Map(),
      news: newsOf({ r1: 'owed' }),
      newsBand: 'high',
      notifiedBand: undefined,
      notifiedAt: undefined,
      messageId: undefined,
      lease: undefined,
      deliveries: new Set(),
      revision: 1,
      exported: new Map([['event-bus', 0]]),
      exportFailures: new Map(),
      expiresAtSeconds: 1_800_000_000,
      version: 0,
      status: 'open',
      history: [],
    });
  });
});

describe('the records of an alert', () => {
  const alert = alertWith();

  test('given another record, then it is counted', () => {
    expect(folded(alert, findingWith({ recordId: 'r2' })).recordIds).toEqual(new Set(['r1', 'r2']));
  });

  test('given the same record again, then it is counted once', () => {
    expect(folded(alert, findingWith()).recordIds).toEqual(new Set(['r1']));
  });

  test('given a record that is only judged again, then it is not counted', () => {
    const { recordIds, overflow } = folded(alert, findingWith({ recordId: 'r2' }), { counted: undefined });
    expect([recordIds, overflow]).toEqual([new Set(['r1']), new Map()]);
  });

  test.each([
    ['more than before', 3, 5, 5],
    ['fewer than before, by a write that was late', 5, 3, 5],
  ])('given a bucket with %s, then the higher number counts', (_, before, size, expected) => {
    const full = { ...alert, overflow: new Map([['0a', before]]) };
    const counted = { recordId: 'r2', bucket: { name: '0a', size } };
    const { overflow, recordIds } = folded(full, findingWith({ recordId: 'r2' }), { counted });
    expect(overflow).toEqual(new Map([['0a', expected]]));
    expect(recordIds).toEqual(new Set(['r1']));
  });

  test('given the first record of a bucket, then the other buckets stay', () => {
    const full = { ...alert, overflow: new Map([['0a', 3]]) };
    const counted = { recordId: 'r2', bucket: { name: 'ff', size: 1 } };
    expect(folded(full, findingWith({ recordId: 'r2' }), { counted }).overflow).toEqual(
      new Map([
        ['0a', 3],
        ['ff', 1],
      ]),
    );
  });

  test.each([
    ['earlier', '2026-10-06T21:00:00.000Z', '2026-10-06T21:00:00.000Z', '2026-10-06T21:14:05.000Z'],
    ['later', '2026-10-06T21:30:00.000Z', '2026-10-06T21:14:05.000Z', '2026-10-06T21:30:00.000Z'],
  ])('given an %s record, then the alert spans it', (_, time, firstSeen, lastSeen) => {
    expect(folded(alert, findingWith({ recordId: 'r2', time }))).toMatchObject({ firstSeen, lastSeen });
  });

  test('given a record within the span, then the span stays', () => {
    const wide = { ...alert, firstSeen: '2026-10-06T21:00:00.000Z', lastSeen: '2026-10-06T21:30:00.000Z' };
    expect(folded(wide, findingWith())).toMatchObject({
      firstSeen: wide.firstSeen,
      lastSeen: wide.lastSeen,
    });
  });
});

describe('the document that is kept', () => {
  const alert = alertWith();

  test('given a stronger record, then its document', () => {
    const stronger = findingWith({ recordId: 'r0', band: 'critical' });
    const next = folded(alert, stronger);
    expect(next.judgedDocument).toBe(stronger.document);
    expect(next.strength).toMatch(/ r0$/);
  });

  test('given a weaker record, then the one before', () => {
    const next = folded(alert, findingWith({ recordId: 'r2', band: 'low' }));
    expect(next).toMatchObject({ judgedDocument: alert.judgedDocument, strength: alert.strength });
  });

  test('given an equal record once more, then the one before', () => {
    expect(folded(alert, findingWith()).judgedDocument).toBe(alert.judgedDocument);
  });

  test('given several judgements, then the strongest of them', () => {
    const findings = [
      findingWith({ recordId: 'r2', band: 'low' }),
      findingWith({ recordId: 'r3', band: 'critical' }),
      findingWith({ recordId: 'r4', band: 'medium' }),
    ].map((finding) => ({ finding, sameNews: [] }));
    const [first, ...others] = findings;
    if (first === undefined) throw new Error('no finding');
    const contribution = { counted: undefined, historyVersion: 0, isComplete: false, exporters: [] };
    const next = withContribution(alert, { ...contribution, judged: [first, ...others] }, now);
    expect(next.strength).toMatch(/ r3$/);
  });

  test('given all records judged again and the kept one among them, then it may become weaker', () => {
    const weaker = findingWith({ kind: 'unchanged', band: 'low' });
    expect(folded(alert, weaker, { isComplete: true, counted: undefined }).judgedDocument).toBe(
      weaker.document,
    );
  });

  test('given all of several records judged again, then the kept one may become weaker', () => {
    const [kept, other] = [findingWith({ band: 'low' }), findingWith({ recordId: 'r0', band: 'low' })];
    const judged = [
      { finding: kept, sameNews: [] },
      { finding: other, sameNews: [] },
    ] as const;
    const contribution = { counted: undefined, historyVersion: 1, isComplete: true, exporters: [] };
    expect(withContribution(alert, { ...contribution, judged }, now).judgedDocument).toBe(kept.document);
  });

  test('given some records judged again, then it does not become weaker', () => {
    const weaker = findingWith({ kind: 'unchanged', band: 'low' });
    expect(folded(alert, weaker, { counted: undefined }).strength).toBe(alert.strength);
  });

  test('given all records judged again but the kept one, then it does not become weaker', () => {
    const weaker = findingWith({ recordId: 'r0', band: 'low' });
    expect(folded(alert, weaker, { isComplete: true }).strength).toBe(alert.strength);
  });

  test.each([
    ['a later version', 7, 7],
    ['an earlier version', 2, 5],
  ])(
    'given %s of the history, then the later one counts, whatever is kept',
    (_, historyVersion, expected) => {
      const judged = { ...alert, historyVersion: 5 };
      for (const band of ['low', 'critical'] as const) {
        const next = folded(judged, findingWith({ recordId: 'r2', band }), { historyVersion });
        expect(next.historyVersion).toBe(expected);
      }
    },
  );
});

describe('the news of an alert', () => {
  test.each([
    ['an attach', 'added', 'high', true],
    ['an attach of lower severity', 'added', 'low', true],
    ['a reordering of the same severity', 'reordered', 'high', false],
    ['a reordering of lower severity', 'reordered', 'low', false],
    ['a reordering of higher severity', 'reordered', 'critical', true],
  ] as const)(
    'given %s behind an attach, then it is judged by its kind and severity',
    (_, kind, band, isNews) => {
      const next = folded(alertWith(), findingWith({ recordId: 'r2', kind, band }));
      expect(next.news.get('r2')).toBe(isNews ? 'owed' : undefined);
    },
  );

  test('given no news before, then any severity is a rise', () => {
    const quiet = alertWith({}, { disposition: 'record' });
    const next = folded(quiet, findingWith({ recordId: 'r2', kind: 'reordered', band: 'low' }));
    expect(next).toMatchObject({ news: newsOf({ r2: 'owed' }), newsBand: 'low' });
  });

  test.each(['record', 'except', 'withhold'] as const)(
    'given a record of disposition %s, then it is none',
    (disposition) => {
      const next = folded(alertWith(), findingWith({ recordId: 'r2', disposition, band: 'critical' }));
      expect(next.news).toEqual(newsOf({ r1: 'owed' }));
    },
  );

  test('given a record that was notified, then it is not owed again', () => {
    const alert = alertWith({ news: newsOf({ r1: 'notified' }) });
    expect(folded(alert, findingWith()).news).toEqual(newsOf({ r1: 'notified' }));
  });

  test('given a record that is the same news as another and more severe, then it is owed', () => {
    const critical = findingWith({ recordId: 'r2', band: 'critical' });
    const next = folded(alertWith(), critical, { sameNews: ['r1'] });
    expect(next.news).toEqual(newsOf({ r1: 'owed', r2: 'owed' }));
  });

  test('given a record that is the same news as another, then people are not notified of it', () => {
    const next = folded(alertWith(), findingWith({ recordId: 'r2' }), { sameNews: ['r9', 'r1'] });
    expect(next.news).toEqual(newsOf({ r1: 'owed' }));
  });

  test.each([
    ['low', 'high'],
    ['high', 'high'],
    ['critical', 'critical'],
  ] as const)('given news of severity %s, then the highest is %s', (band, highest) => {
    expect(folded(alertWith(), findingWith({ recordId: 'r2', band })).newsBand).toBe(highest);
  });

  test('given several records, then the earliest is news first', () => {
    const judged = [
      { finding: findingWith({ recordId: 'r2', time: '2026-10-06T21:14:30.000Z' }), sameNews: [] },
      { finding: findingWith({ recordId: 'r3', time: '2026-10-06T21:16:00.000Z' }), sameNews: [] },
      { finding: findingWith({ recordId: 'r5', time: '2026-10-06T21:15:00.000Z' }), sameNews: [] },
      { finding: findingWith({ recordId: 'r4', time: '2026-10-06T21:15:00.000Z' }), sameNews: [] },
    ] as const;
    const contribution = { counted: undefined, historyVersion: 0, isComplete: false, exporters: [] };
    const next = withContribution(alertWith(), { ...contribution, judged }, now);
    expect([...next.news.keys()]).toEqual(['r1', 'r2', 'r4', 'r5', 'r3']);
  });
});

describe('the news that an item lists', () => {
  const states = (count: number, state: NewsState) =>
    Array.from({ length: count }, (_, index) => [`${state}${index}`, state] as const);
  const withOneMore = (news: readonly (readonly [string, NewsState])[]) => [
    ...folded(alertWith({ news: new Map(news) }), findingWith({ recordId: 'next' })).news.keys(),
  ];

  test('given 199, then one more has place', () => {
    expect(withOneMore(states(maxNews - 1, 'notified'))).toHaveLength(200);
  });

  test.each(['notified', 'digested'] as const)(
    'given 200 and one of them that is %s, then that one is forgotten',
    (state) => {
      const news = [...states(150, 'owed'), ['done', state] as const, ...states(49, 'withheld')];
      const listed = withOneMore(news);
      expect(listed).toHaveLength(200);
      expect(listed).not.toContain('done');
    },
  );

  test('given several that are done, then the oldest is forgotten', () => {
    const listed = withOneMore(states(maxNews, 'notified'));
    expect(listed.slice(0, 1)).toEqual(['notified1']);
    expect(listed).toHaveLength(200);
  });

  test('given 200 that people still wait for, then none is forgotten', () => {
    expect(withOneMore([...states(100, 'owed'), ...states(100, 'withheld')])).toHaveLength(201);
  });
});

describe('the status of an alert', () => {
  const closed = alertWith({ status: 'closed' });

  test('given news of a closed alert, then it is open again, and says why', () => {
    expect(folded(closed, findingWith({ recordId: 'r2' }))).toMatchObject({
      status: 'open',
      history: [
        { at: '2026-10-06T21:20:00.000Z', by: 'layerwatch', action: 'reopen', reason: 'a new event' },
      ],
    });
  });

  test('given news that takes the place of another in a closed alert, then it is open again', () => {
    const news = new Map(Array.from({ length: maxNews }, (_, index) => [`n${index}`, 'notified' as const]));
    expect(folded({ ...closed, news }, findingWith({ recordId: 'r2' })).status).toBe('open');
  });

  test('given a record that is no news, then a closed alert stays closed', () => {
    const next = folded(closed, findingWith({ recordId: 'r2', disposition: 'record' }));
    expect(next).toMatchObject({ status: 'closed', history: [] });
  });

  test('given news of an open alert, then its history stays', () => {
    expect(folded(alertWith(), findingWith({ recordId: 'r2' })).history).toEqual([]);
  });
});

describe('the exporters of an alert', () => {
  test('given one that it does not have, then it has accepted nothing', () => {
    const alert = alertWith({ exported: new Map([['security-hub', 1]]) });
    expect(folded(alert, findingWith(), { exporters: ['security-hub', 'event-bus'] }).exported).toEqual(
      new Map([
        ['security-hub', 1],
        ['event-bus', 0],
      ]),
    );
  });

  test('given none that is new, then what they accepted is the same', () => {
    const alert = alertWith({ exported: new Map([['security-hub', 1]]) });
    expect(folded(alert, findingWith(), { exporters: ['security-hub'] }).exported).toBe(alert.exported);
  });
});

describe('the revision of an alert', () => {
  const alert = alertWith({ revision: 4 });
  /** A record whose document is not kept. */
  const weak = (fields: Parameters<typeof findingWith>[0]) =>
    findingWith({ recordId: 'r2', band: 'low', ...fields });

  test('given the same alert, then it stays', () => {
    expect(withRevision(alert, alert)).toBe(alert);
  });

  test('given an alert that is not stored yet, then it grows', () => {
    const unwritten = { ...alert, version: 0 };
    expect(withRevision(unwritten, unwritten).revision).toBe(5);
  });

  test.each([
    ['another document', { strength: '3 99 09 2026 r2' }],
    ['more news', { news: newsOf({ r1: 'owed', r2: 'owed' }) }],
    ['news that took the place of another', { news: newsOf({ r2: 'owed' }) }],
    ['another status', { status: 'closed' }],
  ] as const)('given %s, then it grows', (_, fields) => {
    expect(withRevision(alert, { ...alert, ...fields }).revision).toBe(5);
  });

  test('given news that was judged before it was counted, then it grows once it is counted', () => {
    const early = { ...alert, news: newsOf({ r1: 'owed', r2: 'owed' }) };
    expect(folded(early, weak({ disposition: 'record' })).revision).toBe(5);
  });

  test('given a record whose news an earlier arrival brought, then it grows once it is counted', () => {
    expect(folded(alert, weak({}), { sameNews: ['r1'] }).revision).toBe(5);
  });

  test('given a record that was counted before, then it stays', () => {
    const counted = { ...alert, recordIds: new Set(['r1', 'r2']) };
    expect(folded(counted, weak({}), { sameNews: ['r1'] }).revision).toBe(4);
  });

  test('given one more record that is no news, then it stays', () => {
    expect(folded(alert, weak({ disposition: 'record' })).revision).toBe(4);
  });
});

describe('a contribution that changes nothing', () => {
  const alert = alertWith();

  test('given the same alert, then nothing has to be written', () => {
    expect(isSameAlert(alert, { ...alert })).toBe(true);
  });

  test.each([
    ['one more record', { recordIds: new Set(['r1', 'r2']) }],
    ['one more record beyond those that are listed', { overflow: new Map([['0a', 1]]) }],
    [
      'a record listed that was counted beyond the list',
      { recordIds: new Set<string>(), overflow: new Map([['0a', 1]]) },
    ],
    ['more news', { news: newsOf({ r1: 'owed', r2: 'owed' }) }],
    ['news that took the place of another', { news: newsOf({ r2: 'owed' }) }],
    ['another document', { strength: 'x' }],
    ['another version of the history', { historyVersion: 1 }],
    ['an earlier time', { firstSeen: '2026-10-06T21:00:00.000Z' }],
    ['a later time', { lastSeen: '2026-10-06T21:30:00.000Z' }],
    ['one more exporter', { exported: new Map([['event-bus', 0]]) }],
  ])('given %s, then something has to be written', (_, fields) => {
    expect(isSameAlert(alert, { ...alert, ...fields })).toBe(false);
  });
});
