import type { FindingDocument } from '../../../lambda/detection/finding-document';
import { alertTable } from '../../output/alert-table';
import { terminalWidth } from '../../output/table';
import { writeLine } from '../../output/write-line';

/** Ages are for people at a terminal; a program that reads the table has times. */
export async function printAlerts(documents: readonly FindingDocument[], now: Date): Promise<void> {
  const width = terminalWidth();
  const { lines, hidden } = alertTable(documents, width, width === undefined ? undefined : now);
  for (const line of lines) await writeLine(process.stdout, line);
  if (hidden.length > 0)
    process.stderr.write(
      `hidden for lack of columns: ${hidden.join(', ')}; a wider terminal or --json has them\n`,
    );
}
