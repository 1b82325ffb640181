import type { FindingDocument } from '../detection/finding-document';
import type { NotificationContext } from '../ports';
import { plainFormat } from '../text/text-format';
import { type AlertMessage, alertMessageOf, type Section } from './alert-message';
import type { Field } from './field';
import type { Step } from './step';

/** Lines of an email; far beyond what a call of AWS gives rise to. */
const maxLines = 160;

/** Before a command or an address on a line of its own. */
const indent = '   ';

/**
 * Plain text for people: what happened, why it matters, what to do, and then the details, each as `Key: value`. Nothing is aligned by
 * spaces, because mail programs use proportional fonts and break lines where they like.
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
    [headline, ...(update === undefined ? [] : [update])],
    handling.map(fieldLine),
    [why.title, ...why.items.map((item) => `- ${item}`)],
    ...sections.map(sectionLines),
    ['Details', ...fields.map(fieldLine)],
    [...links.map(({ title, url }) => `${title}: ${url}`), ...references.map(fieldLine)],
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
    `${number}${text}`,
    ...[...commands, ...(url === undefined ? [] : [url])].map((line) => `${indent}${line}`),
  ];
}

function fieldLine({ label, value }: Field): string {
  return `${label}: ${value}`;
}
