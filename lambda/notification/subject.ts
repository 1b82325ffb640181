import type { FindingDocument, Provenance } from '../detection/finding-document';
import { forgedAction } from '../detection/forged';
import { mostNotable, newLayersOf } from '../detection/layer-labels';
import { withoutLinks } from '../text/untrusted-text';

/** "less than 100 characters long", no line breaks or control characters (SNS Publish, parameter Subject). */
export const maxSubjectLength = 99;

/** However long the rest is, so much of a name is shown. */
const minNameLength = 12;

/** Longest name of an account, and of a call. */
const maxPartLength = 24;

/**
 * One line of printable ASCII that begins with the severity and has the name within the 40 characters that a phone shows:
 * `CRITICAL: unknown layer on payments (production)`. Data never comes first, and never has brackets, so it cannot imitate a subject.
 */
export function subjectOf(document: FindingDocument): string {
  return shortTitle(document, maxSubjectLength);
}

/** The subject within a length. A long name gives way to the severity, the change and the account. */
export function shortTitle(document: FindingDocument, maxLength: number): string {
  const { risk, target } = document.layerwatch;
  const begin = `${risk.band.toUpperCase()}: ${whatHappened(document)} `;
  const account = target.account_name ?? target.account;
  const end = account === null ? '' : ` (${cut(subjectText(account), maxPartLength)})`;
  const name = subjectText(target.name ?? 'an unnamed target');
  const room = Math.max(minNameLength, maxLength - begin.length - end.length);
  return cut(`${begin}${cut(name, room)}${end}`, maxLength);
}

/** The words before the name. */
function whatHappened({ layerwatch }: FindingDocument): string {
  const { kind, action, layers } = layerwatch.change;
  const owner = wordOf(mostNotable(newLayersOf(layers))?.provenance);
  switch (kind) {
    case 'tampering':
      return action === forgedAction
        ? 'forged'
        : `${cut(subjectText(action ?? 'tampering'), maxPartLength)} on`;
    case 'added':
    case 'before-unknown':
      return `${owner}layer on`;
    case 'version-changed':
      return `${owner}layer version on`;
    case 'unseen-change':
      return 'unseen layer change on';
    case 'published':
      return 'published layer';
    case 'reordered':
      return 'layers reordered on';
    case 'unchanged':
      return 'layers unchanged on';
    case 'removed':
      return 'layer removed from';
    case 'no-layers':
      return 'no layer change on';
    case 'unreadable':
      return layerwatch.target.type === 'layer' ? 'unreadable publish of' : 'unreadable layer change on';
  }
}

/** Whose layer it is, where that is more than a layer of one's own. */
function wordOf(provenance: Provenance | undefined): string {
  switch (provenance) {
    case 'unknown-account':
      return 'unknown ';
    case 'aws':
      return 'AWS ';
    case 'vendor':
      return 'vendor ';
    case 'organization':
    case 'trusted':
    case 'own-account':
    case undefined:
      return 'new ';
  }
}

/** Text without what a subject must not hold and without the brackets around the account. */
function subjectText(text: string): string {
  return withoutLinks(text.slice(0, maxSubjectLength).toWellFormed())
    .replace(/[^A-Za-z0-9 ._:/@+=,-]/gu, '?')
    .replace(/ {2,}/g, ' ');
}

function cut(text: string, length: number): string {
  return text.length <= length ? text : `${text.slice(0, length - 3)}...`;
}
