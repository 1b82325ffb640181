import { metric } from '../contract';
import { documentOf, type StoredAlert } from '../detection/alert';
import { unexported } from '../detection/alert-news';
import type { Activity } from '../detection/triage';
import type { AlertStore, FindingExporter, Observer } from '../ports';
import { errorMessage } from '../text/format';
import { changeStoredAlert } from './change-alert';

interface ExportDependencies {
  readonly alerts: Pick<AlertStore, 'read' | 'write'>;
  readonly exporters?: readonly FindingExporter[] | undefined;
  readonly observer: Observer;
}

/** The record is stored and its notification accepted by now, and the function has to end in time. */
const exportMilliseconds = 3_000;

/**
 * Exports an alert in the formats of other products, once for each state of it. It comes last and never rejects: what an
 * exporter does not accept stays owed, and the sweep tries again.
 */
export async function exportFinding(alert: StoredAlert, dependencies: ExportDependencies): Promise<void> {
  const open = new Set(unexported(alert));
  const exporters = (dependencies.exporters ?? []).filter(({ name }) => open.has(name));
  if (exporters.length === 0) return;
  const signal = AbortSignal.timeout(exportMilliseconds);
  const accepted = await Promise.all(
    exporters.map(async (exporter) =>
      (await isAccepted(exporter, alert, signal, dependencies)) ? exporter.name : [],
    ),
  );
  await noteExported(alert, accepted.flat(), dependencies);
}

async function isAccepted(
  exporter: FindingExporter,
  alert: StoredAlert,
  signal: AbortSignal,
  { observer }: ExportDependencies,
): Promise<boolean> {
  try {
    await exporter.export(documentOf(alert), activityOf(alert, exporter.name), signal);
    return true;
  } catch (error) {
    observer.count(metric.findingsNotExported);
    const details = { exporter: exporter.name, alertId: alert.alertId, error: errorMessage(error) };
    observer.warn('the finding was not exported', details);
    return false;
  }
}

function activityOf({ status, exported }: StoredAlert, exporter: string): Activity {
  if (status === 'closed') return 'close';
  return (exported.get(exporter) ?? 0) === 0 ? 'create' : 'update';
}

/** Notes the revision that was exported; an alert that changed meanwhile stays owed for its newer one. */
async function noteExported(
  alert: StoredAlert,
  names: readonly string[],
  { alerts, observer }: ExportDependencies,
): Promise<void> {
  if (names.length === 0) return;
  try {
    const noted = names.map((name) => [name, alert.revision] as const);
    await changeStoredAlert(alerts, alert, (stored) => ({
      ...stored,
      exported: new Map([...stored.exported, ...noted]),
    }));
  } catch (error) {
    observer.warn('what was exported is not noted', { alertId: alert.alertId, error: errorMessage(error) });
  }
}
