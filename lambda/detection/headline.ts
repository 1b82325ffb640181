import { plural } from '../text/format';
import { plainFormat, type TextFormat } from '../text/text-format';
import type { FindingDocument, LayerChangeKind, LayerVerdict } from './finding-document';
import { forgedAction } from './forged';
import { describeOwner, layerLabel, mostNotable } from './layer-labels';

type LayerwatchFields = FindingDocument['layerwatch'];

/**
 * What happened in one sentence without a final period: what changed, on what, by whom, from where. For example
 * `Layer boto-utils:3 from unknown account 999988887777 was added to function payments (2 layers kept) by role ci-deploy from Brazil`.
 */
export function headline(finding: LayerwatchFields, format = plainFormat): string {
  // Who acted, and from where, is what a forged event claims.
  const around = finding.change.action === forgedAction ? '' : circumstances(finding, format);
  return `${whatHappened(finding, format)}${around}`;
}

function whatHappened(finding: LayerwatchFields, format: TextFormat): string {
  const { kind, layers } = finding.change;
  const target = describeTarget(finding, format);
  const all = layers.length === 1 ? 'layer' : `${layers.length} layers`;
  switch (kind) {
    case 'tampering':
      return tampering(finding, format);
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
      return `The ${all} of ${target} ${wereOf(layers)} put in another order`;
    case 'unchanged':
      return `The ${all} of ${target} ${wereOf(layers)} set again unchanged`;
    case 'no-layers':
      return `The configuration of ${target} was changed without touching its layers`;
    case 'unseen-change':
      return `${capitalised(target)} has layers that no known call set, found by a call without layers`;
    case 'unreadable':
      return finding.target.type === 'layer'
        ? 'A layer version that the record does not name was published'
        : `The layers of ${target} may have been changed (the record does not say)`;
  }
}

/** What the call did, by its name, and to what. */
function tampering(finding: LayerwatchFields, format: TextFormat): string {
  const { target, change } = finding;
  if (change.action === forgedAction) return forgery(finding, format);
  const call = `${format.phrase(change.action ?? 'a call')} on ${format.name(target.name ?? 'unknown')}`;
  return target.type === 'trail'
    ? `CloudTrail may no longer report calls: ${call}`
    : `Layerwatch may be blind or silent: ${call}`;
}

/** The last of the problems is why the event is not believed. */
function forgery({ target, problems }: LayerwatchFields, format: TextFormat): string {
  const why = problems.at(-1) ?? 'it does not fit its envelope';
  return `A forged event of account ${format.phrase(target.account ?? 'unknown')} was put on the bus: ${format.phrase(why)}`;
}

function describeTarget({ target }: LayerwatchFields, format: TextFormat): string {
  return target.name === null
    ? `a ${target.type} that the record does not name`
    : `${target.type} ${format.name(target.name)}`;
}

/** `Layer boto-utils:3 from unknown account 999988887777 was`, with `and 2 more layers were` where there are more. */
function subject(layers: readonly LayerVerdict[], change: LayerChangeKind, format: TextFormat): string {
  const changed = layers.filter((layer) => layer.change === change);
  const first = mostNotable(changed);
  if (first === undefined) return 'No layer was';
  const named = `Layer ${format.name(layerLabel(first))} ${originOf(first, format)}`;
  return changed.length === 1
    ? `${named} was`
    : `${named} and ${plural(changed.length - 1, 'more layer')} were`;
}

/** `from unknown account 999988887777`, `of this account`. */
function originOf(layer: LayerVerdict, format: TextFormat): string {
  return layer.provenance === 'own-account'
    ? 'of this account'
    : `from ${format.phrase(describeOwner(layer))}`;
}

function versionChange(layers: readonly LayerVerdict[], format: TextFormat): string {
  const changed = layers.filter(({ change }) => change === 'version-changed');
  const first = mostNotable(changed);
  if (first === undefined) return 'No layer changed';
  const named = `Layer ${format.name(first.name ?? 'unknown')} ${originOf(first, format)}`;
  const versions = `from version ${safeVersion(first.from_version, format)} to ${safeVersion(first.version, format)}`;
  const more =
    changed.length === 1 ? '' : ` and ${plural(changed.length - 1, 'more layer')} to another version`;
  return `${named} was changed ${versions}${more}`;
}

function publishedVersion([layer]: readonly LayerVerdict[], format: TextFormat): string {
  const version = layer?.version ?? null;
  return version === null ? 'a version' : `version ${safeVersion(version, format)}`;
}

function safeVersion(version: string | null | undefined, format: TextFormat): string {
  if (version === null || version === undefined) return 'unknown';
  return /^\d{1,12}$/.test(version) ? version : format.name(version);
}

function wereOf(layers: readonly LayerVerdict[]): string {
  return layers.length === 1 ? 'was' : 'were';
}

function removal({ change }: LayerwatchFields, target: string, format: TextFormat): string {
  if (change.before === null) return `${capitalised(target)} was set to have no layers`;
  return `${subject(change.layers, 'removed', format)} removed from ${target}${otherLayers(change.layers, 'removed')}`;
}

const otherChanges = [
  ['added', 'added'],
  ['version-changed', 'in another version'],
  ['kept', 'kept'],
  ['removed', 'removed'],
] as const;

/** What became of the layers that the sentence does not name: ` (2 layers kept, 1 layer removed)`. */
function otherLayers(layers: readonly LayerVerdict[], said: LayerChangeKind): string {
  const parts = otherChanges.flatMap(([change, words]) => {
    const count = layers.filter((layer) => layer.change === change).length;
    return change === said || count === 0 ? [] : [`${plural(count, 'layer')} ${words}`];
  });
  return parts.length === 0 ? '' : ` (${parts.join(', ')})`;
}

function circumstances({ context }: LayerwatchFields, format: TextFormat): string {
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
