import type { StoredAlert } from '../detection/alert';
import { type ExportResult, unexported } from '../detection/alert-exports';
import type { AlertId } from '../detection/brands';
import { exportBatch } from '../pipeline/export-batch';
import type { FindingExporter } from '../ports';

/** A sweep has minutes. */
const timeoutMilliseconds = 10_000;

/** Calls in a row that brought nothing; then the product has its next turn in the next sweep. */
const maxFailedCalls = 3;

/** Pause after a call that was throttled; twice as long after each further one. */
const throttledMilliseconds = 1_000;

/** The calls of one sweep to one product. */
export class ExporterTurn {
  readonly name: string;
  private failedCalls = 0;

  constructor(
    private readonly exporter: FindingExporter,
    private readonly pause: (milliseconds: number) => Promise<void>,
  ) {
    this.name = exporter.name;
  }

  async export(
    alerts: readonly StoredAlert[],
    hasTimeLeft: () => boolean,
  ): Promise<ReadonlyMap<AlertId, ExportResult>> {
    const { maxFindings } = this.exporter;
    const owed = alerts.filter((alert) => unexported(alert).includes(this.name));
    const results = new Map<AlertId, ExportResult>();
    for (let first = 0; first < owed.length; first += maxFindings) {
      if (this.failedCalls >= maxFailedCalls || !hasTimeLeft()) break;
      const batch = owed.slice(first, first + maxFindings);
      for (const [index, result] of (await this.call(batch)).entries()) {
        const alert = batch[index];
        if (alert !== undefined) results.set(alert.alertId, result);
      }
    }
    return results;
  }

  private async call(batch: readonly StoredAlert[]): Promise<readonly ExportResult[]> {
    const results = await exportBatch(this.exporter, batch, timeoutMilliseconds);
    const isThrottled = results.some(({ outcome }) => outcome === 'throttled');
    const isVain = results.every(({ outcome }) => outcome === 'throttled' || outcome === 'unavailable');
    this.failedCalls = isVain ? this.failedCalls + 1 : 0;
    await this.pause(
      isThrottled ? throttledMilliseconds * 2 ** this.failedCalls : this.exporter.pauseMilliseconds,
    );
    return results;
  }
}
