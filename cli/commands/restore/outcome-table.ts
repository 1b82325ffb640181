import { escapeForDisplay } from '../../../lambda/text/untrusted-text';
import { shortAlertId } from '../../output/format';
import { type Column, tableLines, terminalWidth } from '../../output/table';
import type { RestoreOptions } from './options';
import type { TakenOff } from './restore-everywhere';

const columns: readonly Column[] = [
  { head: 'FUNCTION', mayShrink: true },
  { head: 'ACCOUNT' },
  { head: 'REGION' },
  { head: 'ALERT' },
  { head: 'DONE' },
  { head: 'OUTCOME' },
];

/** Longest outcome, in UTF-16 units: a command with five layers fits. */
const maxOutcomeLength = 4_000;

/** What became of each function. A reason is shown whole, however narrow the terminal is; a dry run is its commands alone. */
export function outcomeTable(
  all: readonly TakenOff[],
  { dryRun }: Pick<RestoreOptions, 'dryRun'>,
): readonly string[] {
  if (dryRun === true) return all.map(({ outcome }) => escapeForDisplay(outcome, maxOutcomeLength));
  const rows = all.map(({ user, isDone, outcome, alertId }) =>
    [
      user.name,
      user.account ?? 'unknown',
      user.region ?? 'unknown',
      alertId === undefined ? 'none' : shortAlertId(alertId),
      isDone ? 'yes' : 'no',
      outcome,
    ].map((text) => ({ text: escapeForDisplay(text, maxOutcomeLength) })),
  );
  return rows.length === 0 ? [] : tableLines(columns, rows, terminalWidth());
}

/** One function as a line for programs. */
export function jsonOf({ user, isDone, outcome, alertId }: TakenOff): string {
  return JSON.stringify({
    function_arn: user.functionArn,
    alert_id: alertId ?? null,
    done: isDone,
    outcome,
  });
}
