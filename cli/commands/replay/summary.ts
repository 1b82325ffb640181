import { dispositionOf } from '../../../lambda/detection/alert';
import type { Outcome } from '../../../lambda/pipeline/process-record';
import type { AlertStore } from '../../../lambda/ports';

export interface Summary {
  /** CloudTrail records read. */
  readonly records: number;
  /** Those of them whose beginning, name and end were read, and not the rest. */
  readonly unchecked: number;
  /** Pieces of input that could not be read as records, and records that could not be decided. */
  readonly rejected: number;
  /** Records that satisfy the rule. */
  readonly matched: number;
  /** Alerts that those records belong to. */
  readonly alerts: number;
  /** Notifications that the topic accepted in this run. */
  readonly notified: number;
  /** Alerts by final disposition. */
  readonly recorded: number;
  readonly excepted: number;
  readonly withheld: number;
  /** Matching records that had been counted before. */
  readonly duplicates: number;
}

interface Totals {
  readonly records: number;
  readonly unchecked: number;
  readonly problems: number;
  readonly notified: number;
  readonly alerts: AlertStore;
}

export interface Tallied {
  readonly summary: Summary;
  /** By first_seen, then alert_id. */
  readonly alertIds: readonly string[];
}

/** Counts the outcomes of records. */
export class Tally {
  private matched = 0;
  private duplicates = 0;
  private rejected = 0;
  private readonly alertIds = new Set<string>();

  add(outcome: Outcome | { readonly kind: 'failed' }): void {
    if (outcome.kind === 'not-cloudtrail' || outcome.kind === 'failed') this.rejected++;
    if (outcome.kind !== 'alert') return;
    this.matched++;
    if (outcome.outcome === 'duplicate') this.duplicates++;
    this.alertIds.add(outcome.alertId);
  }

  /** Reads each alert once, in its final state. */
  async finish(totals: Totals): Promise<Tallied> {
    const dispositions = new Map<string, number>();
    const sortKeys: string[] = [];
    for (const alertId of this.alertIds) {
      const alert = await totals.alerts.read(alertId);
      const disposition = alert === undefined ? 'record' : dispositionOf(alert);
      dispositions.set(disposition, (dispositions.get(disposition) ?? 0) + 1);
      sortKeys.push(`${alert?.firstSeen ?? ''} ${alertId}`);
    }
    const alertIds = sortKeys.sort().map((key) => key.slice(key.lastIndexOf(' ') + 1));
    return { summary: this.summaryOf(totals, dispositions), alertIds };
  }

  private summaryOf(
    { records, unchecked, problems, notified }: Totals,
    dispositions: ReadonlyMap<string, number>,
  ): Summary {
    return {
      records: records - this.rejected,
      unchecked,
      rejected: problems + this.rejected,
      matched: this.matched,
      alerts: this.alertIds.size,
      notified,
      recorded: dispositions.get('record') ?? 0,
      excepted: dispositions.get('except') ?? 0,
      withheld: dispositions.get('withhold') ?? 0,
      duplicates: this.duplicates,
    };
  }
}

/** What the counts of the summary do not say; `undefined` where every record was parsed. */
export function describeUnchecked({ records, unchecked }: Summary): string | undefined {
  if (unchecked === 0) return undefined;
  return `${unchecked} of ${records} records are of other calls: they were counted by their beginning, event name and end, and not parsed`;
}

/** The last line on stderr. */
export function summaryLine(summary: Summary): string {
  const order = [
    'records',
    'rejected',
    'matched',
    'alerts',
    'notified',
    'recorded',
    'excepted',
    'withheld',
    'duplicates',
  ] as const;
  return order.map((name) => `${name}=${summary[name]}`).join(' ');
}
