import type { Disposition, FindingDocument } from '../../lambda/detection/finding-document';
import { escapeForDisplay } from '../../lambda/text/untrusted-text';
import { formatAge, formatMinute, shortAlertId } from './format';
import { bandStyles } from './style';
import { type Cell, type Column, fitTable, type Table } from './table';

/** What became of an alert, in one word. */
export const dispositionLabels: Readonly<Record<Disposition, string>> = {
  notify: 'notified',
  record: 'recorded',
  except: 'excepted',
  withhold: 'withheld',
};

/** On which function or layer, and by whom, is what an alert is about: these two are cut last. */
const columns: readonly Column[] = [
  { head: 'ID' },
  { head: 'FIRST SEEN (UTC)' },
  { head: 'BAND' },
  { head: 'STATUS', leaveOut: 3 },
  { head: 'OUTCOME', leaveOut: 1 },
  { head: 'CHANGE', leaveOut: 4 },
  { head: 'TARGET', mayShrink: true },
  { head: 'WHO', mayShrink: true },
  { head: 'ACCOUNT', leaveOut: 2 },
];

const assigneeColumn: Column = { head: 'ASSIGNED TO', mayShrink: true, leaveOut: 5 };

/**
 * A table of alerts, one a row.
 *
 * @param now for ages in place of times; a replay of old logs has times
 * @param assignees by alert id; without any the table has no column for them
 */
export function alertTable(
  documents: readonly FindingDocument[],
  maxWidth: number | undefined,
  now?: Date,
  assignees: ReadonlyMap<string, string> = new Map(),
): Table {
  const rows = documents.map((document) => [
    ...alertRow(document, now),
    ...(assignees.size === 0 ? [] : [assigneeCell(document, assignees)]),
  ]);
  const all = assignees.size === 0 ? columns : [...columns, assigneeColumn];
  const heads = now === undefined ? all : all.map(withAge);
  return fitTable(
    heads.map((column, index) => sooner(column, rows, index)),
    rows,
    maxWidth,
  );
}

function withAge(column: Column): Column {
  return column.head.startsWith('FIRST SEEN') ? { ...column, head: 'AGE' } : column;
}

/** A column that says the same in each row is left out before all others. */
function sooner(column: Column, rows: readonly (readonly Cell[])[], index: number): Column {
  const [first, ...others] = rows.map((row) => row[index]?.text);
  const isSame = others.every((text) => text === first);
  return column.leaveOut !== undefined && isSame
    ? { ...column, leaveOut: column.leaveOut - columns.length }
    : column;
}

function assigneeCell({ layerwatch }: FindingDocument, assignees: ReadonlyMap<string, string>): Cell {
  return { text: escapeForDisplay(assignees.get(layerwatch.alert_id) ?? '') };
}

function alertRow({ layerwatch }: FindingDocument, now: Date | undefined): readonly Cell[] {
  const { alert_id, risk, status, disposition, change, target, context, first_seen, occurrences } =
    layerwatch;
  const events = occurrences === 1 ? '' : ` x${occurrences}`;
  return [
    { text: shortAlertId(alert_id), styles: ['dim'] },
    { text: now === undefined ? formatMinute(first_seen) : formatAge(first_seen, now) },
    { text: `${risk.band} ${risk.score}`, styles: bandStyles[risk.band] },
    { text: status, styles: status === 'open' ? [] : ['dim'] },
    { text: dispositionLabels[disposition] },
    { text: `${change.kind}${events}` },
    { text: escapeForDisplay(target.name ?? 'not named') },
    { text: escapeForDisplay(context.actor?.short ?? 'unknown') },
    { text: escapeForDisplay(target.account_name ?? target.account ?? 'unknown') },
  ];
}
