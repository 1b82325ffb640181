import type { FindingDocument } from '../detection/finding-document';
import type { NotificationContext } from '../ports';
import type { TextFormat } from '../text/text-format';
import { escapeForDisplay } from '../text/untrusted-text';
import { type AlertMessage, alertMessageOf, type Section } from './alert-message';
import type { Field } from './field';
import type { Step } from './step';
import { shortTitle } from './subject';

/** Characters of a header in Slack's Block Kit (plain text of a header block). */
const maxTitleLength = 150;

/** Below the 3,000 characters of a text of Slack's Block Kit section, with room for what the sender adds. */
const maxDescriptionLength = 2_800;

/** A command that is cut does something else than it says, so a longer one is left out. */
const maxCommandLength = 900;

/** Characters of one value within the description. */
const maxValueLength = 180;

const codeFormat: TextFormat = { name: code, phrase: code };

/**
 * The custom notification of Amazon Q Developer in chat applications, schema version 1.0
 * (https://docs.aws.amazon.com/chatbot/latest/adminguide/custom-notifs.html): `version`, `source` and
 * `content.description` are required, and all values of `additionalContext` are strings. What does not fit the schema is
 * dropped without an error.
 */
export function slackOf(document: FindingDocument, context: NotificationContext): string {
  const { layerwatch, rule } = document;
  const message = alertMessageOf(document, context, codeFormat);
  const checks = message.sections.find(({ id }) => id === 'check')?.items ?? [];
  return JSON.stringify({
    version: '1.0',
    source: 'custom',
    id: layerwatch.alert_id,
    content: {
      textType: 'client-markdown',
      title: titleOf(document),
      description: descriptionOf(message),
      nextSteps: checks.map(nextStep),
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

/** A message without a document: of the content only the description has to be there. Lines that are too many are left out. */
export function plainSlack(text: string): string {
  const description = withinLength(text.split('\n'));
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

/** Blocks in order of weight: the last ones are left out where the text gets too long. Checks are the next steps. */
function descriptionOf(message: AlertMessage): string {
  const { headline, update, why, handling, sections, fields, links, references } = message;
  return withinLength([
    `*${headline}*`,
    ...(update === undefined ? [] : [escaped(update)]),
    block(
      why.title,
      why.items.map((item) => `• ${item}`),
    ),
    ...sections.filter(({ id }) => id === 'contain').flatMap(sectionBlocks),
    handling.map(fieldLine).join('\n'),
    links.map(({ title, url }) => link(url, title)).join(' | '),
    ...sections.filter(({ id }) => id === 'evidence').flatMap(sectionBlocks),
    ...fields.map(fieldLine),
    ...sections.filter(({ id }) => id === 'undo').flatMap(sectionBlocks),
    ...references.map(fieldLine),
  ]);
}

function block(title: string, lines: readonly string[]): string {
  return [`*${title}*`, ...lines].join('\n');
}

/** One block a step, so that a long one leaves no other one out; the title stays with the first. */
function sectionBlocks({ title, items }: Section<Step>): readonly string[] {
  return items.map((step, index) => {
    const lines = stepLines(step, items.length > 1 ? `${index + 1}. ` : '');
    return index === 0 ? block(title, lines) : lines.join('\n');
  });
}

function stepLines({ text, commands, url }: Step, number: string): readonly string[] {
  const address = url === undefined ? '' : ` ${link(url, 'Open')}`;
  const pasted = commands.filter((command) => command.length <= maxCommandLength);
  return [`${number}${text}${address}`, ...pasted.map((command) => `\`\`\`${escaped(command)}\`\`\``)];
}

function fieldLine({ label, value }: Field): string {
  return `*${label}:* ${code(value)}`;
}

function nextStep({ text, url }: Step): string {
  return url === undefined ? text : `${text} ${link(url, 'History')}`;
}

function link(url: string, title: string): string {
  return `<${escaped(url)}|${title}>`;
}

/** Text as inline code, in which Slack reads neither markup nor mentions nor addresses. */
function code(text: string): string {
  return `\`${escaped(escapeForDisplay(text, maxValueLength)).replaceAll('`', "'")}\``;
}

/** The three characters that Slack gives a meaning to (https://docs.slack.dev/messaging/formatting-message-text). */
function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

function withinLength(blocks: readonly string[]): string {
  let text = '';
  for (const next of blocks.filter((each) => each !== '')) {
    if (text.length + next.length + 1 > maxDescriptionLength) continue;
    text = text === '' ? next : `${text}\n${next}`;
  }
  return text;
}
