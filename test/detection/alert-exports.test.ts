import type { ExportFailure, StoredAlert } from '../../lambda/detection/alert';
import {
  type ExportResult,
  openExportFailures,
  unexported,
  withExports,
  withOnlyExporters,
} from '../../lambda/detection/alert-exports';
import { alertWith } from '../fixtures/alert';

describe('the exporters that are behind', () => {
  const exported = new Map([
    ['security-hub', 2],
    ['event-bus', 1],
  ]);

  test('given one that has an earlier revision, then it is behind', () => {
    expect(unexported(alertWith({ revision: 2, exported }))).toEqual(['event-bus']);
  });

  test.each(['record', 'except'] as const)(
    'given an alert that is judged as %s, then none',
    (disposition) => {
      expect(unexported(alertWith({ revision: 2, exported }, { disposition }))).toEqual([]);
    },
  );

  test('given an alert that is withheld, then they are behind all the same', () => {
    const alert = alertWith({ revision: 2, exported, news: new Map([['r1', 'withheld' as const]]) });
    expect(unexported(alert)).toEqual(['event-bus']);
  });
});

describe('an alert once exporters have answered', () => {
  const at = '2026-10-06T21:20:00.000Z';
  const accepted: ExportResult = { outcome: 'accepted' };
  const refused = (reason: string): ExportResult => ({ outcome: 'refused', reason });
  const failure: ExportFailure = { since: '2026-10-06T21:00:00.000Z', reason: 'too large' };

  function answered(alert: StoredAlert, result: ExportResult, revision = 2): StoredAlert {
    return withExports(alert, revision, new Map([['event-bus', result]]), at);
  }

  function exportedAt(revision: number, failures: Readonly<Record<string, ExportFailure>> = {}): StoredAlert {
    return alertWith({
      revision: 2,
      exported: new Map([['event-bus', revision]]),
      exportFailures: new Map(Object.entries(failures)),
    });
  }

  test('given one that accepted a revision, then it has that revision', () => {
    expect(answered(exportedAt(1), accepted).exported).toEqual(new Map([['event-bus', 2]]));
  });

  test('given one that accepted an earlier revision than before, then it keeps the later one', () => {
    expect(answered(exportedAt(2), accepted, 1).exported).toEqual(new Map([['event-bus', 2]]));
  });

  test('given one that never accepted any, then it has that revision', () => {
    const alert = alertWith({ exported: new Map([['security-hub', 1]]) });
    expect(answered(alert, accepted).exported).toEqual(
      new Map([
        ['security-hub', 1],
        ['event-bus', 2],
      ]),
    );
  });

  test('given one that accepted after a failure, then its failure is over and those of others are not', () => {
    const alert = exportedAt(1, { 'event-bus': failure, 'security-hub': failure });
    expect(answered(alert, accepted).exportFailures).toEqual(new Map([['security-hub', failure]]));
  });

  test('given a first failure, then its time and reason are kept', () => {
    const alert = exportedAt(1, { 'security-hub': failure });
    expect(answered(alert, refused('too large')).exportFailures).toEqual(
      new Map([
        ['security-hub', failure],
        ['event-bus', { since: at, reason: 'too large' }],
      ]),
    );
  });

  test('given another reason, then the time of the first failure stays', () => {
    const alert = exportedAt(1, { 'event-bus': failure });
    expect(answered(alert, refused('closed')).exportFailures.get('event-bus')).toEqual({
      since: failure.since,
      reason: 'closed',
    });
  });

  test('given the same reason again, then nothing changes', () => {
    const alert = exportedAt(1, { 'event-bus': failure });
    expect(answered(alert, refused('too large'))).toBe(alert);
  });

  test('given a failure of one that accepted the latest revision meanwhile, then nothing changes', () => {
    const alert = exportedAt(2);
    expect(answered(alert, refused('too large'))).toBe(alert);
  });

  test('given a failure of one that never accepted any revision, then it is kept', () => {
    const alert = alertWith({ revision: 1, exported: new Map() });
    expect(answered(alert, refused('too large')).exportFailures.has('event-bus')).toBe(true);
  });

  test('given a long reason, then 300 UTF-16 units are kept', () => {
    const { exportFailures } = answered(exportedAt(1), refused('x'.repeat(301)));
    expect(exportFailures.get('event-bus')?.reason).toBe('x'.repeat(300));
  });

  test('given a reason that is cut within a character, then it stays a text that DynamoDB takes', () => {
    const { exportFailures } = answered(exportedAt(1), refused(`${'x'.repeat(299)}\u{1F600}`));
    expect(exportFailures.get('event-bus')?.reason).toBe(`${'x'.repeat(299)}\uFFFD`);
  });

  test('given several exporters, then each has its answer', () => {
    const results = new Map([
      ['event-bus', accepted],
      ['security-hub', refused('closed')],
    ]);
    const changed = withExports(exportedAt(1), 2, results, at);
    expect(changed.exported.get('event-bus')).toBe(2);
    expect(changed.exportFailures.has('security-hub')).toBe(true);
  });
});

describe('an alert of which an exporter is gone', () => {
  const failure: ExportFailure = { since: '2026-10-06T21:00:00.000Z', reason: 'too large' };
  const alert = alertWith({
    exported: new Map([
      ['event-bus', 0],
      ['security-hub', 1],
    ]),
    exportFailures: new Map([
      ['event-bus', failure],
      ['security-hub', failure],
    ]),
  });

  test('given the exporters that are left, then what it owes to others is gone', () => {
    expect(withOnlyExporters(alert, new Set(['event-bus']))).toEqual({
      ...alert,
      exported: new Map([['event-bus', 0]]),
      exportFailures: new Map([['event-bus', failure]]),
    });
  });

  test('given that all are left, then it is the same alert', () => {
    expect(withOnlyExporters(alert, new Set(['security-hub', 'event-bus', 'other']))).toBe(alert);
  });

  test('given failures of what is owed and of what is not, then the first are open', () => {
    expect(openExportFailures({ ...alert, revision: 1 })).toEqual(new Map([['event-bus', failure]]));
  });
});
