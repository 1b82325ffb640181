import { metric } from '../contract';
import type { StoredAlert } from '../detection/alert';
import type { Activity } from '../detection/triage';
import type { FindingExporter, Observer } from '../ports';

interface ExportPorts {
  readonly exporters?: readonly FindingExporter[] | undefined;
  readonly observer: Observer;
}

/** The record is stored and its notification accepted by now, and the function has to end in time. */
const exportMilliseconds = 3_000;

/** Alerts that nobody is told of are no findings for others either. */
const exported: readonly string[] = ['notify', 'withhold'];

/**
 * Hands an alert on in the formats of others. It comes last and never rejects: what cannot be handed on is counted, and an alarm
 * tells.
 */
export async function exportFinding(
  { document }: StoredAlert,
  outcome: 'created' | 'folded',
  { exporters = [], observer }: ExportPorts,
): Promise<void> {
  if (exporters.length === 0 || !exported.includes(document.layerwatch.disposition)) return;
  const open: Activity = outcome === 'created' ? 'create' : 'update';
  const activity = document.layerwatch.status === 'closed' ? 'close' : open;
  const signal = AbortSignal.timeout(exportMilliseconds);
  await Promise.all(
    exporters.map((exporter) =>
      exporter.export(document, activity, signal).catch((error: unknown) => {
        observer.count(metric.findingsNotExported);
        observer.warn('the finding could not be handed on', {
          exporter: exporter.name,
          alertId: document.layerwatch.alert_id,
          error: error instanceof Error ? error.message : String(error),
        });
      }),
    ),
  );
}
