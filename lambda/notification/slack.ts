import type { FindingDocument } from '../detection/finding-document';
import { type HeadlineFormat, headline } from '../detection/headline';
import type { NotificationContext } from '../ports';
import { escapeForDisplay } from '../text/untrusted-text';
import { type Check, checksOf } from './checks';
import { commandsToPaste } from './commands';
import { type Facts, factsOf } from './facts';
import { linksOf } from './links';
import { shortTitle } from './subject';

/** Characters of a header in Slack's Block Kit (plain text of a header block). */
const maxTitleLength = 150;

/** Below the 3,000 characters of a text of Slack's Block Kit section, with room for what the sender adds. */
const maxDescriptionLength = 2_800;

/** A command that is cut does something else than it says, so a longer one is left out. */
const maxCommandLength = 900;

/** Characters of one value within the description. */
const maxValueLength = 180;

const codeFormat: HeadlineFormat = { name: code, phrase: code };

/**
 * The custom notification of Amazon Q Developer in chat applications, schema version 1.0
 * (https://docs.aws.amazon.com/chatbot/latest/adminguide/custom-notifs.html): `version`, `source` and
 * `content.description` are required, and all values of `additionalContext` are strings. What does not fit the schema is
 * dropped without an error.
 */
export function slackOf(document: FindingDocument, context: NotificationContext): string {
  const { layerwatch, rule } = document;
  return JSON.stringify({
    version: '1.0',
    source: 'custom',
    id: layerwatch.alert_id,
    content: {
      textType: 'client-markdown',
      title: titleOf(document),
      description: descriptionOf(document, context),
      nextSteps: checksOf(document, codeFormat).map(nextStep),
      keywords: [layerwatch.risk.band, layerwatch.change.kind],
    },
    metadata: {
      threadId: layerwatch.alert_id,
      summary: titleOf(document),
      eventType: rule.name,
      additionalContext: { alertId: layerwatch.alert_id, score: String(layerwatch.risk.score) },
      enableCustomActions: false,
    },
  });
}

/** A message without a document: of the content only the description has to be there. */
export function plainSlack(description: string): string {
  return JSON.stringify({
    version: '1.0',
    source: 'custom',
    content: { textType: 'client-markdown', description },
  });
}

/** Signs that Slack reads as markup or as a mention have no place in a title; the description has the name in full. */
function titleOf(document: FindingDocument): string {
  return shortTitle(document, maxTitleLength).replace(/[@*_~`<>&]/g, '-');
}

/** Lines in order of weight: the last ones are left out where the text gets too long. */
function descriptionOf(document: FindingDocument, context: NotificationContext): string {
  const facts = factsOf(document, context);
  const lines = [
    `*${headline(document.layerwatch, codeFormat)}*`,
    ...(facts.escalationLine === undefined ? [] : [escaped(facts.escalationLine)]),
    linkLine(document, context),
    ...factLines(facts),
    ...undoLines(document),
    `Alert ${code(document.layerwatch.alert_id)}`,
  ];
  return withinLength(lines.filter((line) => line !== ''));
}

function factLines(facts: Facts): readonly string[] {
  const shown = facts.layers.slice(0, 5);
  const unshown = facts.layers.length - shown.length + facts.unshownLayers;
  return [
    ...shown.map(({ label, verdict }) => `• ${code(label)} ${code(verdict)}`),
    ...(unshown > 0 ? [`• and ${unshown} more`] : []),
    ...(facts.before === undefined ? [] : [`*Before* ${code(facts.before)}`]),
    `*Who* ${code(facts.who)}`,
    `*From* ${code(facts.from)}`,
    `*When* ${code(facts.when)}`,
    `*Where* ${code(facts.where)}`,
    ...facts.story.slice(0, 2).map((words) => `*Story* ${code(words)}`),
    ...facts.inside.slice(0, 2).map((words) => `*Inside* ${code(words)}`),
    ...facts.difference.slice(0, 2).map((words) => `*Changed* ${code(words)}`),
    ...(facts.function === undefined ? [] : [`*Function* ${code(facts.function)}`]),
    `*Score* ${code(facts.score)}`,
    ...facts.unknown.slice(0, 4).map((unknown) => `*Unknown* ${code(unknown)}`),
  ];
}

function undoLines(document: FindingDocument): readonly string[] {
  const [first] = commandsToPaste(document, maxCommandLength).commands;
  return first === undefined ? [] : [`*Undo* \`\`\`${escaped(first)}\`\`\``];
}

function linkLine(document: FindingDocument, context: NotificationContext): string {
  return linksOf(document, context.alertTable)
    .map(({ title, url }) => `<${escaped(url)}|${title}>`)
    .join(' | ');
}

function nextStep({ question, url }: Check): string {
  return url === undefined ? question : `${question} <${escaped(url)}|History>`;
}

/** Text as inline code, in which Slack reads neither markup nor mentions nor addresses. */
function code(text: string): string {
  return `\`${escaped(escapeForDisplay(text, maxValueLength)).replaceAll('`', "'")}\``;
}

/** The three characters that Slack gives a meaning to (https://docs.slack.dev/messaging/formatting-message-text). */
function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

function withinLength(lines: readonly string[]): string {
  let text = '';
  for (const line of lines) {
    if (text.length + line.length + 1 > maxDescriptionLength) continue;
    text = text === '' ? line : `${text}\n${line}`;
  }
  return text;
}
