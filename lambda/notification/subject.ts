import type { ChangeKind } from '../detection/change-kinds';
import type { FindingDocument } from '../detection/finding-document';
import { forgedAction } from '../detection/forged';

/** "less than 100 characters long", no line breaks or control characters (SNS Publish, parameter Subject). */
export const maxSubjectLength = 99;

/** Begins every subject. Brackets never come from data, so data cannot imitate it. */
export const subjectPrefix = '[Layerwatch] ';

/** However long the rest is, so much of a name is shown. */
const minNameLength = 12;

const whatByChange: Readonly<Record<ChangeKind, string>> = {
  tampering: 'tampering with',
  added: 'layer added to',
  'version-changed': 'layer version changed on',
  'unseen-change': 'unseen layer change on',
  'before-unknown': 'layers set on',
  published: 'version published of',
  reordered: 'layers reordered on',
  unchanged: 'layers sent again to',
  removed: 'layers removed from',
  'no-layers': 'configuration changed of',
  unreadable: 'unreadable call on',
};

/** One line of printable ASCII: `[Layerwatch] HIGH 71: layer added to function payments (production, eu-west-3)`. */
export function subjectOf(document: FindingDocument): string {
  return `${subjectPrefix}${shortTitle(document, maxSubjectLength - subjectPrefix.length)}`;
}

/** The subject without its prefix. A long name gives way to the band, the change and the place. */
export function shortTitle({ layerwatch }: FindingDocument, maxLength: number): string {
  const { risk, change, target } = layerwatch;
  const what = change.action === forgedAction ? 'forged' : `${whatByChange[change.kind]} ${target.type}`;
  const begin = `${risk.band.toUpperCase()} ${risk.score}: ${what} `;
  const place = [target.account_name ?? target.account, target.region].filter((part) => part !== null);
  const end = place.length === 0 ? '' : ` (${place.map((part) => cut(subjectText(part), 24)).join(', ')})`;
  const name = subjectText(target.name ?? 'not named in the record');
  const room = Math.max(minNameLength, maxLength - begin.length - end.length);
  return cut(`${begin}${cut(name, room)}${end}`, maxLength);
}

/** Text without what a subject must not hold and without the brackets of our own prefix. */
function subjectText(text: string): string {
  return text
    .slice(0, maxSubjectLength)
    .toWellFormed()
    .replace(/[^A-Za-z0-9 ._:/@+=,-]/gu, '?')
    .replace(/ {2,}/g, ' ');
}

function cut(text: string, length: number): string {
  return text.length <= length ? text : `${text.slice(0, length - 3)}...`;
}
