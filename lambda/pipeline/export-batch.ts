import { documentOf, type StoredAlert } from '../detection/alert';
import type { ExportResult } from '../detection/alert-exports';
import type { Activity } from '../detection/triage';
import { ExportCallError } from '../errors';
import type { ExportedFinding, FindingExporter } from '../ports';
import { errorMessage } from '../text/format';

/**
 * Exports alerts with one call. A product that refuses the whole call for one of its findings gets the two halves of it, so that the
 * one holds none of the others. Answers for each alert, in their order; never rejects.
 */
export async function exportBatch(
  exporter: FindingExporter,
  alerts: readonly StoredAlert[],
  timeoutMilliseconds: number,
): Promise<readonly ExportResult[]> {
  try {
    const findings = alerts.map((alert) => findingOf(alert, exporter.name));
    return await exporter.export(findings, AbortSignal.timeout(timeoutMilliseconds));
  } catch (error) {
    // What is no answer of the product comes from a finding that cannot be written in its format.
    const kind = error instanceof ExportCallError ? error.kind : 'content';
    const outcome = kind === 'content' ? 'refused' : kind;
    if (kind !== 'content' || alerts.length < 2)
      return alerts.map(() => ({ outcome, reason: errorMessage(error) }));
    const middle = Math.ceil(alerts.length / 2);
    return [
      ...(await exportBatch(exporter, alerts.slice(0, middle), timeoutMilliseconds)),
      ...(await exportBatch(exporter, alerts.slice(middle), timeoutMilliseconds)),
    ];
  }
}

function findingOf(alert: StoredAlert, exporter: string): ExportedFinding {
  return { document: documentOf(alert), activity: activityOf(alert, exporter) };
}

function activityOf({ status, exported }: StoredAlert, exporter: string): Activity {
  if (status === 'closed') return 'close';
  return (exported.get(exporter) ?? 0) === 0 ? 'create' : 'update';
}
