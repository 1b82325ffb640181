import type { Writable } from 'node:stream';
import Table from 'cli-table3';
import type { FindingDocument } from '../../../lambda/detection/finding-document';
import { renderNotification } from '../../../lambda/notification/message';
import { escapeForDisplay } from '../../../lambda/text/untrusted-text';
import { colourOfBand, inColour } from '../../output/colour';
import { writeLine } from '../../output/write-line';
import { wordOfDisposition } from '../alerts/rows';
import type { Replayed } from './replay';

/** More rows than this tell a person less, not more; `--json` has them all. */
const maxRows = 40;

/** Prints what a person wants to see: a table of the alerts, then for the worst one the email as it would be sent. */
export async function printForPeople({ documents, summary }: Replayed, output: Writable): Promise<void> {
  const shown: FindingDocument[] = [];
  let worst: FindingDocument | undefined;
  for await (const document of documents()) {
    if (shown.length < maxRows) shown.push(document);
    if (isWorse(document, worst)) worst = document;
  }
  if (worst === undefined)
    return writeLine(output, `No alert: none of ${summary.records} records matches the rule.`);
  await writeLine(output, tableOf(shown));
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

function tableOf(documents: readonly FindingDocument[]): string {
  const table = new Table({
    head: ['First seen', 'Band', 'What', 'Change', 'Target', 'Who', 'Events'],
    style: { head: [], border: [], compact: true },
    wordWrap: true,
  });
  table.push(...documents.map(rowOf));
  return table.toString();
}

function rowOf({ layerwatch }: FindingDocument): string[] {
  const { first_seen, risk, disposition, change, target, context, occurrences } = layerwatch;
  return [
    first_seen.replace('T', ' ').slice(0, 19),
    inColour(`${risk.band} ${risk.score}`, colourOfBand[risk.band]),
    wordOfDisposition[disposition],
    change.kind,
    short(`${target.type} ${target.name ?? 'unknown'}`),
    short(context.actor?.short ?? 'unknown'),
    String(occurrences),
  ];
}

function short(text: string): string {
  const shown = escapeForDisplay(text);
  return shown.length <= 40 ? shown : `${shown.slice(0, 37)}...`;
}
