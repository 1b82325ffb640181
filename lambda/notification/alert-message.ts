import { highestScore, lowestScore } from '../detection/band';
import type { FindingDocument } from '../detection/finding-document';
import { headline } from '../detection/headline';
import type { NotificationContext } from '../ports';
import { plural } from '../text/format';
import type { TextFormat } from '../text/text-format';
import { checksOf } from './checks';
import { layerwatchCommand, undoCommands, undoNote } from './commands';
import { containSteps } from './contain';
import { evidenceSteps } from './evidence';
import type { Field } from './field';
import { fieldsOf, ownerFields, referenceFields } from './fields';
import { type Link, linksOf } from './links';
import { type Step, stepOf } from './step';

/** What an alert says, in the order in which it should be read. Media lay it out and add nothing. */
export interface AlertMessage {
  /** What happened, in one sentence. */
  readonly headline: string;
  /** What is new for a reader who was notified before. */
  readonly update: string | undefined;
  /** Who is to act, by which instructions, and how to say that one does. */
  readonly handling: readonly Field[];
  readonly why: Section<string>;
  /** `contain`, `evidence`, `check` and `undo`; empty ones are absent. */
  readonly sections: readonly Section<Step>[];
  readonly fields: readonly Field[];
  readonly links: readonly Link[];
  readonly references: readonly Field[];
}

export interface Section<Item> {
  readonly id: 'why' | 'contain' | 'evidence' | 'check' | 'undo';
  readonly title: string;
  readonly items: readonly Item[];
}

/** @param format how the medium shows untrusted text within a sentence; fields and references are text of one line that it escapes */
export function alertMessageOf(
  document: FindingDocument,
  context: NotificationContext,
  format: TextFormat,
): AlertMessage {
  const sections: readonly Section<Step>[] = [
    { id: 'contain', title: containTitle(document), items: containSteps(document, context, format) },
    { id: 'evidence', title: 'Keep evidence', items: evidenceSteps(document, context, format) },
    { id: 'check', title: 'Check', items: checksOf(document, format) },
    { id: 'undo', title: 'Undo', items: undoSteps(document, format) },
  ];
  return {
    headline: `${headline(document.layerwatch, format)}.`,
    update: updateOf(document, context),
    handling: [...ownerFields(document), ...commandsOf(document, context)],
    why: whyOf(document, format),
    sections: sections.filter(({ items }) => items.length > 0),
    fields: fieldsOf(document),
    links: linksOf(document),
    references: referenceFields(document),
  };
}

/** The factors with the points that they add, the highest first; the rule's own points, which every alert has, last. */
function whyOf({ layerwatch: { risk } }: FindingDocument, format: TextFormat): Section<string> {
  return {
    id: 'why',
    title: `Why ${risk.band} (${risk.score} points; ${risk.band} is ${lowestScore(risk.band)} to ${highestScore[risk.band]})`,
    items: [...risk.factors]
      .sort((a, b) => Number(a.id === 'rule') - Number(b.id === 'rule') || b.points - a.points)
      .map(({ points, reason }) => `${points < 0 ? '' : '+'}${points} ${format.phrase(reason)}`),
  };
}

/** Nobody revokes sessions for what was planned, and few low alerts are an attack. */
function containTitle({ layerwatch: { risk } }: FindingDocument): string {
  return risk.band === 'high' || risk.band === 'critical' ? 'Contain now' : 'Contain, if it was not planned';
}

/** What takes a call of tampering back is what contains it, so it is not said twice. */
function undoSteps(document: FindingDocument, format: TextFormat): readonly Step[] {
  if (document.layerwatch.change.kind === 'tampering') return [];
  const { commands, leftOut } = undoCommands(document);
  const missing = leftOut === 0 ? [] : [stepOf('A command that cannot be shown here is in the alert.')];
  return [{ text: undoNote(document, format), commands, url: undefined }, ...missing];
}

function commandsOf(document: FindingDocument, context: NotificationContext): readonly Field[] {
  const show = layerwatchCommand('show', document, context);
  const acknowledge = layerwatchCommand('ack', document, context);
  return [
    ...(acknowledge === undefined ? [] : [{ label: 'Acknowledge', value: acknowledge }]),
    ...(show === undefined ? [] : [{ label: 'Show', value: show }]),
  ];
}

function updateOf(
  { layerwatch }: FindingDocument,
  { previouslyNotified }: NotificationContext,
): string | undefined {
  if (previouslyNotified === undefined) return undefined;
  const { kind } = layerwatch.change;
  const from = previouslyNotified.band === null ? '' : ` as ${previouslyNotified.band}`;
  if (kind === 'added' || kind === 'version-changed')
    return `You were notified of this alert before${from}. Since then its layers were removed, and this call added them again.`;
  return `You were notified of this alert before${from}. It is ${layerwatch.risk.band} now, after ${plural(layerwatch.occurrences, 'call')}.`;
}
