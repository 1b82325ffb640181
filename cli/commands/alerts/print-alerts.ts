import { documentOf, type StoredAlert } from '../../../lambda/detection/alert';
import { assigneeOf } from '../../../lambda/detection/triage';
import { alertTable } from '../../output/alert-table';
import { terminalWidth } from '../../output/table';
import { writeLine } from '../../output/write-line';

/** Ages are for people at a terminal; a program that reads the table has times. */
export async function printAlerts(alerts: readonly StoredAlert[], now: Date): Promise<void> {
  const width = terminalWidth();
  const assignees = new Map(
    alerts.flatMap((alert) => {
      const assignee = assigneeOf(alert);
      return assignee === undefined ? [] : [[alert.alertId, assignee] as const];
    }),
  );
  const documents = alerts.map(documentOf);
  const { lines, hidden } = alertTable(documents, width, width === undefined ? undefined : now, assignees);
  for (const line of lines) await writeLine(process.stdout, line);
  if (hidden.length > 0)
    process.stderr.write(
      `hidden for lack of columns: ${hidden.join(', ')}; a wider terminal or --json has them\n`,
    );
}
