import { metric } from '../contract';
import type { StoredAlert } from '../detection/alert';
import {
  type ExportResult,
  openExportFailures,
  unexported,
  withOnlyExporters,
} from '../detection/alert-exports';
import type { AlertId } from '../detection/brands';
import { changeStoredAlert } from '../pipeline/change-alert';
import { type ExportDependencies, noteExports } from '../pipeline/export-finding';
import { workThrough } from '../pipeline/worker-pool';
import type { UndeliveredAlerts } from '../ports';
import { errorMessage } from '../text/format';
import { ExporterTurn } from './exporter-turn';

export interface PendingExportDependencies extends ExportDependencies {
  readonly undelivered: UndeliveredAlerts;
  readonly pause: (milliseconds: number) => Promise<void>;
}

export interface PendingExportOptions {
  /** Whether there is time for one more call. */
  readonly hasTimeLeft: () => boolean;
}

/** An alert younger than this is still in the hands of the detector. */
const minAgeMilliseconds = 5 * 60_000;

/** What is owed for longer than this counts as not exported. */
const overdueMilliseconds = 60 * 60_000;

/** Alerts that are read at once: as many as the largest call takes (Security Hub, BatchImportFindings). */
const chunkSize = 100;

/** Alerts that are read or written at a time. */
const workers = 8;

/**
 * Exports what failed before, in batches. A finding that is refused keeps its reason and holds none of the others. Counts the alerts
 * that are owed for over an hour.
 */
export async function finishExports(
  dependencies: PendingExportDependencies,
  { hasTimeLeft }: PendingExportOptions,
): Promise<void> {
  const turns = (dependencies.exporters ?? []).map(
    (exporter) => new ExporterTurn(exporter, dependencies.pause),
  );
  let overdue = 0;
  for await (const ids of chunksOf(owedAlerts(dependencies))) {
    if (!hasTimeLeft()) break;
    const alerts = await workThrough(ids, workers, (id) => readOwed(id, dependencies));
    const exported = await exportAll(alerts.flat(), turns, hasTimeLeft, dependencies);
    overdue += exported.filter((alert) => isOverdue(alert, dependencies)).length;
  }
  if (overdue > 0) dependencies.observer.count(metric.findingsNotExported, overdue);
}

/** An alert whose notification waits may owe an export too: a topic that refuses it holds no other product. */
const states = ['unexported', 'pending', 'withheld'] as const;

async function* owedAlerts({ undelivered, clock }: PendingExportDependencies): AsyncGenerator<AlertId> {
  for (const state of states)
    for await (const { alertId, firstSeen } of undelivered.list(state))
      if (clock.now().getTime() - Date.parse(firstSeen) >= minAgeMilliseconds) yield alertId;
}

async function* chunksOf(ids: AsyncIterable<AlertId>): AsyncGenerator<readonly AlertId[]> {
  let chunk: AlertId[] = [];
  for await (const id of ids) {
    chunk.push(id);
    if (chunk.length < chunkSize) continue;
    yield chunk;
    chunk = [];
  }
  if (chunk.length > 0) yield chunk;
}

/** The index is a moment behind. An alert that cannot be read, or that a newer release wrote, holds none of the others. */
async function readOwed(
  alertId: AlertId,
  { alerts, exporters = [], observer }: PendingExportDependencies,
): Promise<readonly StoredAlert[]> {
  const names = new Set(exporters.map(({ name }) => name));
  try {
    const read = await alerts.read(alertId);
    if (read === undefined) return [];
    const alert = await changeStoredAlert(alerts, read, (stored) => withOnlyExporters(stored, names));
    return alert === undefined || unexported(alert).length === 0 ? [] : [alert];
  } catch (error) {
    observer.warn('an alert could not be exported', { alertId, error: errorMessage(error) });
    return [];
  }
}

/** Answers with the alerts as they are then. */
async function exportAll(
  alerts: readonly StoredAlert[],
  turns: readonly ExporterTurn[],
  hasTimeLeft: () => boolean,
  dependencies: PendingExportDependencies,
): Promise<readonly StoredAlert[]> {
  const results = new Map(alerts.map(({ alertId }) => [alertId, new Map<string, ExportResult>()] as const));
  for (const turn of turns)
    for (const [alertId, result] of await turn.export(alerts, hasTimeLeft))
      results.get(alertId)?.set(turn.name, result);
  return workThrough(alerts, workers, (alert) =>
    noteExports(alert, results.get(alert.alertId) ?? new Map(), dependencies),
  );
}

function isOverdue(alert: StoredAlert, { clock }: PendingExportDependencies): boolean {
  const now = clock.now().getTime();
  return [...openExportFailures(alert).values()].some(
    ({ since }) => now - Date.parse(since) > overdueMilliseconds,
  );
}
