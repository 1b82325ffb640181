import { dispositionOf, type ExportFailure, type StoredAlert } from './alert';
import type { IsoTime } from './brands';
import type { Disposition } from './finding-document';

/** UTF-16 units of a reason that an item keeps. */
const maxReasonLength = 300;

/** What became of one attempt to export an alert. */
export type ExportResult =
  | { readonly outcome: 'accepted' }
  /** The receiver looked at this finding and does not take it. */
  | { readonly outcome: 'refused'; readonly reason: string }
  /** The receiver takes fewer calls than it got. */
  | { readonly outcome: 'throttled'; readonly reason: string }
  /** The receiver took nothing: it is gone, slow, or lets nobody in. */
  | { readonly outcome: 'unavailable'; readonly reason: string };

/** Exporters that have not accepted the alert as it is. */
export function unexported(alert: StoredAlert): readonly string[] {
  if (!isExported(dispositionOf(alert))) return [];
  return [...alert.exported].filter(([, revision]) => revision < alert.revision).map(([name]) => name);
}

/** Alerts that nobody is notified of are no findings for other products either. */
function isExported(disposition: Disposition): boolean {
  return disposition === 'notify' || disposition === 'withhold';
}

/**
 * The alert once exporters have answered for one revision of it: an alert that changed meanwhile stays owed for its newer one. The
 * same alert where nothing is new.
 */
export function withExports(
  alert: StoredAlert,
  revision: number,
  results: ReadonlyMap<string, ExportResult>,
  at: IsoTime,
): StoredAlert {
  return [...results].reduce(
    (changed, [name, result]) => withExport(changed, revision, name, result, at),
    alert,
  );
}

function withExport(
  alert: StoredAlert,
  revision: number,
  name: string,
  result: ExportResult,
  at: IsoTime,
): StoredAlert {
  const failure = alert.exportFailures.get(name);
  if (result.outcome === 'accepted') {
    const exported = Math.max(revision, alert.exported.get(name) ?? 0);
    return {
      ...alert,
      exported: new Map([...alert.exported, [name, exported]]),
      exportFailures: without(alert.exportFailures, name),
    };
  }
  const reason = result.reason.slice(0, maxReasonLength).toWellFormed();
  if (failure?.reason === reason || (alert.exported.get(name) ?? 0) >= alert.revision) return alert;
  const since = failure?.since ?? at;
  return { ...alert, exportFailures: new Map([...alert.exportFailures, [name, { since, reason }]]) };
}

/** The alert without what it owes to exporters that there are no more. The same alert where there is nothing of them. */
export function withOnlyExporters(alert: StoredAlert, names: ReadonlySet<string>): StoredAlert {
  if ([...alert.exported.keys()].every((name) => names.has(name))) return alert;
  return {
    ...alert,
    exported: new Map([...alert.exported].filter(([name]) => names.has(name))),
    exportFailures: new Map([...alert.exportFailures].filter(([name]) => names.has(name))),
  };
}

/** Failures of what is still owed, by exporter. */
export function openExportFailures(alert: StoredAlert): ReadonlyMap<string, ExportFailure> {
  const open = new Set(unexported(alert));
  return new Map([...alert.exportFailures].filter(([name]) => open.has(name)));
}

function without<Value>(map: ReadonlyMap<string, Value>, name: string): ReadonlyMap<string, Value> {
  return new Map([...map].filter(([each]) => each !== name));
}
