import type { FindingDocument } from '../detection/finding-document';
import { headline } from '../detection/headline';
import type { NotificationContext } from '../ports';
import { plural } from '../text/format';
import { escapeForDisplay } from '../text/untrusted-text';
import { checksOf } from './checks';
import { commandsToPaste } from './commands';
import { type Facts, factsOf } from './facts';
import { linksOf } from './links';

/** Lines begin with a label of this many characters. */
const labelWidth = 9;

/** A command that is cut does something else than it says, so a longer one is left out. */
const maxCommandLength = 2_000;

/** Text of the record within a sentence. */
const maxPhraseLength = 120;

/** Lines of an email; far beyond what a call of AWS gives rise to. */
const maxLines = 120;

/** Plain text for people: what happened in the first line, then one labelled line for each thing they ask next. */
export function emailOf(document: FindingDocument, context: NotificationContext): string {
  const facts = factsOf(document, context);
  const paragraphs = [
    [`${headline(document.layerwatch)}.`, ...present(facts.escalationLine)],
    factLines(facts, document),
    [...checkLines(document), ...undoLines(document), ...linkLines(document, context)],
    footer(document),
  ];
  return paragraphs
    .map((lines) => lines.join('\n'))
    .join('\n\n')
    .split('\n')
    .slice(0, maxLines)
    .join('\n');
}

function factLines(facts: Facts, { layerwatch }: FindingDocument): readonly string[] {
  return [
    ...labelled('Who', [facts.who]),
    ...labelled('From', [facts.from]),
    ...labelled('Tool', present(facts.tool)),
    ...labelled('When', [facts.when]),
    ...labelled('Where', [facts.where]),
    ...labelled('Before', present(facts.before)),
    ...(layerwatch.change.kind === 'tampering' ? [] : labelled('Layers', layerLines(facts))),
    ...labelled('Inside', facts.inside),
    ...labelled('Changed', facts.difference),
    ...labelled('Story', facts.story),
    ...labelled('Function', present(facts.function)),
    ...labelled('Score', [facts.score]),
    ...labelled('Unknown', facts.unknown),
  ];
}

function layerLines({ layers, unshownLayers }: Facts): readonly string[] {
  if (layers.length === 0) return ['none in the call'];
  const width = Math.min(40, Math.max(...layers.map(({ label }) => label.length)));
  const lines = layers.flatMap(({ label, verdict, isNew, arn }) => [
    `${label.padEnd(width)}  ${isNew ? '<- ' : ''}${verdict}`,
    ...present(arn).map((line) => `  ${line}`),
  ]);
  return unshownLayers === 0 ? lines : [...lines, `and ${unshownLayers} more`];
}

function checkLines(document: FindingDocument): readonly string[] {
  const phrase = (text: string) => escapeForDisplay(text, maxPhraseLength);
  const checks = checksOf(document, { name: phrase, phrase });
  return labelled(
    'Check',
    checks.map(({ question, url }, index) => [`${index + 1}. ${question}`, ...present(url)].join(' ')),
  );
}

function undoLines(document: FindingDocument): readonly string[] {
  const { commands, leftOut } = commandsToPaste(document, maxCommandLength);
  const missing = leftOut === 0 ? [] : ['a command that cannot be shown here is in the alert'];
  return labelled('Undo', [...commands, ...missing, `(${escapeForDisplay(document.layerwatch.undo.note)})`]);
}

function linkLines(document: FindingDocument, context: NotificationContext): readonly string[] {
  const links = linksOf(document, context.alertTable);
  const width = Math.max(0, ...links.map(({ title }) => title.length));
  return labelled(
    'Links',
    links.map(({ title, url }) => `${title.padEnd(width)}  ${url}`),
  );
}

function footer({ layerwatch, event, rule, threat }: FindingDocument): readonly string[] {
  const { alert_id, occurrences, folds_until, rule: base } = layerwatch;
  const until = `${folds_until.slice(0, 16).replace('T', ' ')} UTC`;
  return [
    `Alert ${alert_id}, ${plural(occurrences, 'event')}, folds repeats until ${until}.`,
    `Event ${escapeForDisplay(event.id, 100)}, ${escapeForDisplay(event.action, 100)}.`,
    `Rule "${rule.name}" (${base.severity} ${base.risk_score}), MITRE ATT&CK ${threat.technique.id[0]} ${threat.technique.name[0]}.`,
  ];
}

function present(line: string | undefined): readonly string[] {
  return line === undefined ? [] : [line];
}

/** The label stands before the first line; text of a record never stands where a label does. */
function labelled(label: string, lines: readonly string[]): readonly string[] {
  return lines.map((line, index) => `${(index === 0 ? label : '').padEnd(labelWidth)}${line}`);
}
