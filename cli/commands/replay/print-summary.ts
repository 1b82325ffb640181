import type { Writable } from 'node:stream';
import type { FindingDocument } from '../../../lambda/detection/finding-document';
import { renderNotification } from '../../../lambda/notification/message';
import { alertTable } from '../../output/alert-table';
import { terminalWidth } from '../../output/table';
import { writeLine } from '../../output/write-line';
import type { Replayed } from './replay';

/** A person does not read a longer table; `--json` has every alert. */
const maxRows = 40;

/** Prints a table of the alerts, then the email of the worst one. */
export async function printSummary({ documents, summary }: Replayed, output: Writable): Promise<void> {
  const shown: FindingDocument[] = [];
  let worst: FindingDocument | undefined;
  for await (const document of documents()) {
    if (shown.length < maxRows) shown.push(document);
    if (isWorse(document, worst)) worst = document;
  }
  // What could not be read is named on stderr.
  if (summary.records === 0 && summary.rejected > 0) return;
  if (worst === undefined)
    return writeLine(output, `No alert: none of ${summary.records} records matches the rule.`);
  for (const line of alertTable(shown, terminalWidth()).lines) await writeLine(output, line);
  if (summary.alerts > shown.length)
    await writeLine(output, `and ${summary.alerts - shown.length} more; --json prints all`);
  if (worst.layerwatch.disposition !== 'record') await printEmail(worst, output);
}

async function printEmail(document: FindingDocument, output: Writable): Promise<void> {
  const { subject, bodies } = renderNotification(document, {});
  await writeLine(output, `\nThe worst of them, as its email:\n\nSubject: ${subject}\n`);
  await writeLine(output, bodies['email'] ?? bodies.default);
}

const dispositionOrder = ['record', 'except', 'withhold', 'notify'] as const;

function isWorse(document: FindingDocument, other: FindingDocument | undefined): boolean {
  return other === undefined || weight(document) > weight(other);
}

function weight({ layerwatch }: FindingDocument): number {
  return dispositionOrder.indexOf(layerwatch.disposition) * 100 + layerwatch.risk.score;
}
