import { plural } from '../text/format';
import { escapeForDisplay, quoted } from '../text/untrusted-text';
import type { FindingDocument, LayerChangeKind, LayerVerdict } from './finding-document';
import { forgedAction } from './forged';
import { describeOwner, layerLabel, mostNotable } from './layer-labels';

type LayerwatchFields = FindingDocument['layerwatch'];

/** How a medium shows text of the record within our words. */
export interface HeadlineFormat {
  /** A name: of a layer, of a function. */
  readonly name: (text: string) => string;
  /** A phrase that holds names: who acted, from where. */
  readonly phrase: (text: string) => string;
}

const plainFormat: HeadlineFormat = {
  name: (text) => quoted(text, 140),
  phrase: (text) => escapeForDisplay(text, 140),
};

/**
 * What happened in one sentence without a final period: what changed, on what, by whom, from where, how bad. For example
 * `Unknown account 999988887777 layer "boto-utils:3" was added to function "payments" (2 layers kept) by role ci-deploy
 * from Brazil, outside working hours - high (61)`.
 */
export function headline(finding: LayerwatchFields, format = plainFormat): string {
  const { band, score } = finding.risk;
  // Who acted, and from where, is what a forged event claims.
  const around = finding.change.action === forgedAction ? '' : circumstances(finding, format);
  return `${whatHappened(finding, format)}${around} - ${band} (${score})`;
}

function whatHappened(finding: LayerwatchFields, format: HeadlineFormat): string {
  const { kind, layers } = finding.change;
  const target = describeTarget(finding, format);
  const all = `the ${plural(layers.length, 'layer')} of ${target}`;
  switch (kind) {
    case 'tampering':
      if (finding.change.action === forgedAction) return forgery(finding, format);
      return finding.target.type === 'trail'
        ? `CloudTrail may no longer tell of calls: ${tampering(finding, format)}`
        : `Layerwatch may be blind or silent: ${tampering(finding, format)}`;
    case 'added':
      return `${subject(layers, 'added', format)} added to ${target}${otherLayers(layers, 'added')}`;
    case 'version-changed':
      return `${versionChange(layers, format)} on ${target}${otherLayers(layers, 'version-changed')}`;
    case 'before-unknown':
      return `${subject(layers, 'set', format)} set on ${target} (the layers before are not known)`;
    case 'published':
      return `${capitalised(publishedVersion(layers, format))} of ${target} was published`;
    case 'removed':
      return removal(finding, target, format);
    case 'reordered':
      return `${capitalised(all)} ${wereOf(layers)} put in another order`;
    case 'unchanged':
      return `${capitalised(all)} ${wereOf(layers)} sent again unchanged`;
    case 'no-layers':
      return `${capitalised(target)} was changed without its layers`;
    case 'unseen-change':
      return `${capitalised(target)} has other layers than any known call set; a call without layers showed it`;
    case 'unreadable':
      return finding.target.type === 'layer'
        ? 'A layer version that the record does not name was published'
        : `The layers of ${target} may have been changed (the record does not tell)`;
  }
}

/** The last of the problems is why the event is not believed. */
function forgery({ target, problems }: LayerwatchFields, format: HeadlineFormat): string {
  const why = problems.at(-1) ?? 'it does not fit its envelope';
  return `A forged event of account ${format.phrase(target.account ?? 'unknown')} was put on the bus: ${format.phrase(why)}`;
}

/** What the call did, by its name, and to what. */
function tampering({ target, change }: LayerwatchFields, format: HeadlineFormat): string {
  return `${format.phrase(change.action ?? 'a call')} on ${format.name(target.name ?? 'unknown')}`;
}

function describeTarget({ target }: LayerwatchFields, format: HeadlineFormat): string {
  return target.name === null
    ? `a ${target.type} that the record does not name`
    : `${target.type} ${format.name(target.name)}`;
}

/** `Unknown account 999988887777 layer "boto-utils:3" was`, with `and 2 more layers were` where there are more. */
function subject(layers: readonly LayerVerdict[], change: LayerChangeKind, format: HeadlineFormat): string {
  const changed = layers.filter((layer) => layer.change === change);
  const first = mostNotable(changed);
  if (first === undefined) return 'No layer was';
  const named = `${capitalised(describeOwner(first))} layer ${format.name(layerLabel(first))}`;
  return changed.length === 1
    ? `${named} was`
    : `${named} and ${plural(changed.length - 1, 'more layer')} were`;
}

function versionChange(layers: readonly LayerVerdict[], format: HeadlineFormat): string {
  const changed = layers.filter(({ change }) => change === 'version-changed');
  const first = mostNotable(changed);
  if (first === undefined) return 'No layer changed';
  const named = `${capitalised(describeOwner(first))} layer ${format.name(first.name ?? 'unknown')}`;
  const versions = `from version ${safeVersion(first.from_version, format)} to ${safeVersion(first.version, format)}`;
  const more = changed.length === 1 ? '' : ` and ${plural(changed.length - 1, 'more layer')} another version`;
  return `${named} went ${versions}${more}`;
}

function publishedVersion([layer]: readonly LayerVerdict[], format: HeadlineFormat): string {
  const version = layer?.version ?? null;
  return version === null ? 'a version' : `version ${safeVersion(version, format)}`;
}

function safeVersion(version: string | null | undefined, format: HeadlineFormat): string {
  if (version === null || version === undefined) return 'unknown';
  return /^\d{1,12}$/.test(version) ? version : format.name(version);
}

function wereOf(layers: readonly LayerVerdict[]): string {
  return layers.length === 1 ? 'was' : 'were';
}

function removal({ change }: LayerwatchFields, target: string, format: HeadlineFormat): string {
  if (change.before === null) return `The call leaves no layers on ${target}`;
  return `${subject(change.layers, 'removed', format)} taken off ${target}${otherLayers(change.layers, 'removed')}`;
}

const otherChanges = [
  ['added', 'added'],
  ['version-changed', 'in another version'],
  ['kept', 'kept'],
  ['removed', 'taken off'],
] as const;

/** What became of the layers that the sentence does not name: ` (2 layers kept, 1 taken off)`. */
function otherLayers(layers: readonly LayerVerdict[], said: LayerChangeKind): string {
  const parts = otherChanges.flatMap(([change, words]) => {
    const count = layers.filter((layer) => layer.change === change).length;
    return change === said || count === 0 ? [] : [`${plural(count, 'layer')} ${words}`];
  });
  return parts.length === 0 ? '' : ` (${parts.join(', ')})`;
}

function circumstances({ context }: LayerwatchFields, format: HeadlineFormat): string {
  const { actor, origin, time } = context;
  const place = origin?.country_name ?? (origin?.kind === 'public' ? origin.address : null);
  return [
    actor === undefined ? '' : ` by ${format.phrase(actor.short)}`,
    place === null || place === undefined ? '' : ` from ${format.phrase(place)}`,
    time?.outside_working_hours === true ? ', outside working hours' : '',
  ].join('');
}

function capitalised(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
