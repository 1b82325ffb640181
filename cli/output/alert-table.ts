import type { Disposition, FindingDocument } from '../../lambda/detection/finding-document';
import { escapeForDisplay } from '../../lambda/text/untrusted-text';
import { formatMinute, shortAlertId } from './format';
import { bandStyles } from './style';
import { type Cell, type Column, tableLines } from './table';

/** What became of an alert, in one word. */
export const dispositionLabels: Readonly<Record<Disposition, string>> = {
  notify: 'notified',
  record: 'recorded',
  except: 'excepted',
  withhold: 'withheld',
};

const columns: readonly Column[] = [
  { head: 'ID' },
  { head: 'FIRST SEEN (UTC)' },
  { head: 'BAND' },
  { head: 'STATUS', leaveOut: 4 },
  { head: 'OUTCOME', leaveOut: 1 },
  { head: 'CHANGE', mayShrink: true, leaveOut: 3 },
  { head: 'TARGET', mayShrink: true },
  { head: 'WHO', mayShrink: true },
  { head: 'ACCOUNT', mayShrink: true, leaveOut: 2 },
];

/** Lines of a table of alerts, one a row. */
export function alertTable(
  documents: readonly FindingDocument[],
  maxWidth: number | undefined,
): readonly string[] {
  return tableLines(columns, documents.map(alertRow), maxWidth);
}

function alertRow({ layerwatch }: FindingDocument): readonly Cell[] {
  const { alert_id, risk, status, disposition, change, target, context, first_seen, occurrences } =
    layerwatch;
  const events = occurrences === 1 ? '' : ` x${occurrences}`;
  return [
    { text: shortAlertId(alert_id), styles: ['dim'] },
    { text: formatMinute(first_seen) },
    { text: `${risk.band} ${risk.score}`, styles: bandStyles[risk.band] },
    { text: status, styles: status === 'open' ? [] : ['dim'] },
    { text: dispositionLabels[disposition] },
    { text: `${change.kind}${events}` },
    { text: escapeForDisplay(target.name ?? 'not named') },
    { text: escapeForDisplay(context.actor?.short ?? 'unknown') },
    { text: escapeForDisplay(target.account_name ?? target.account ?? 'unknown') },
  ];
}
