import type { FindingDocument } from '../detection/finding-document';
import type { NotificationContext } from '../ports';
import { plainFormat } from '../text/text-format';
import { withoutLinks } from '../text/untrusted-text';
import { type AlertMessage, alertMessageOf, type Section } from './alert-message';
import type { Field } from './field';
import type { Step } from './step';

/** Lines of an email; far beyond what a call of AWS gives rise to. */
const maxLines = 160;

/** Before a command or an address on a line of its own. */
const indent = '   ';

/**
 * Plain text for people: what happened, why it matters, what to do, and then the details, each as `Key: value`. Nothing is aligned by
 * spaces, because mail programs use proportional fonts and break lines where they like. Only our own addresses are links.
 */
export function emailOf(document: FindingDocument, context: NotificationContext): string {
  const message = alertMessageOf(document, context, plainFormat);
  return paragraphsOf(message)
    .map((lines) => lines.join('\n'))
    .join('\n\n')
    .split('\n')
    .slice(0, maxLines)
    .join('\n');
}

function paragraphsOf(message: AlertMessage): readonly (readonly string[])[] {
  const { headline, update, why, handling, sections, fields, links, references } = message;
  const paragraphs = [
    [headline, ...(update === undefined ? [] : [update])].map(withoutLinks),
    handling.map(fieldLine),
    [why.title, ...why.items.map((item) => `- ${withoutLinks(item)}`)],
    ...sections.map(sectionLines),
    ['Details', ...fields.map(plainLine)],
    [...links.map(({ title, url }) => `${title}: ${url}`), ...references.map(plainLine)],
  ];
  return paragraphs.filter((lines) => lines.length > 0);
}

function sectionLines({ title, items }: Section<Step>): readonly string[] {
  const isList = items.length > 1;
  return [title, ...items.flatMap((step, index) => stepLines(step, isList ? `${index + 1}. ` : ''))];
}

/** Commands and addresses have a line of their own, so that they can be selected as a whole. */
function stepLines({ text, commands, url }: Step, number: string): readonly string[] {
  return [
    `${number}${withoutLinks(text)}`,
    ...[...commands, ...(url === undefined ? [] : [url])].map((line) => `${indent}${line}`),
  ];
}

function plainLine(field: Field): string {
  return withoutLinks(fieldLine(field));
}

function fieldLine({ label, value }: Field): string {
  return `${label}: ${value}`;
}
