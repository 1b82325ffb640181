import { metric } from '../contract';
import type { StoredAlert } from '../detection/alert';
import { type ExportResult, unexported, withExports } from '../detection/alert-exports';
import type { AlertStore, Clock, FindingExporter, Observer } from '../ports';
import { errorMessage } from '../text/format';
import { changeStoredAlert } from './change-alert';
import { exportBatch } from './export-batch';

export interface ExportDependencies {
  readonly alerts: Pick<AlertStore, 'read' | 'write'>;
  readonly exporters?: readonly FindingExporter[] | undefined;
  readonly clock: Clock;
  readonly observer: Observer;
}

/** The record is stored and its notification accepted by now, and the function has to end in time. */
const exportMilliseconds = 3_000;

/**
 * Exports an alert in the formats of other products, once for each state of it. It comes last and never rejects: what an
 * exporter does not accept stays owed with its reason, and the sweep tries again.
 */
export async function exportFinding(alert: StoredAlert, dependencies: ExportDependencies): Promise<void> {
  const owed = new Set(unexported(alert));
  const exporters = (dependencies.exporters ?? []).filter(({ name }) => owed.has(name));
  const results = await Promise.all(
    exporters.map(async (exporter) => {
      const [result] = await exportBatch(exporter, [alert], exportMilliseconds);
      return result === undefined ? [] : [[exporter.name, result] as const];
    }),
  );
  await noteExports(alert, new Map(results.flat()), dependencies);
}

/** Notes what exporters answered for an alert as it was read. Answers with the alert as it is then; never rejects. */
export async function noteExports(
  alert: StoredAlert,
  results: ReadonlyMap<string, ExportResult>,
  { alerts, clock, observer }: ExportDependencies,
): Promise<StoredAlert> {
  const { alertId, revision } = alert;
  for (const [exporter, result] of results) observeResult(alertId, exporter, result, observer);
  const at = clock.now().toISOString();
  try {
    const noted = await changeStoredAlert(alerts, alert, (stored) =>
      withExports(stored, revision, results, at),
    );
    return noted ?? alert;
  } catch (error) {
    observer.warn('what was exported is not noted', { alertId, error: errorMessage(error) });
    return alert;
  }
}

function observeResult(alertId: string, exporter: string, result: ExportResult, observer: Observer): void {
  if (result.outcome === 'accepted') return;
  const { outcome, reason } = result;
  observer.count(metric.exportsFailed, 1, { reason: outcome });
  observer.warn('the finding was not exported', { exporter, alertId, outcome, error: reason });
}
