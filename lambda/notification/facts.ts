import type { FunctionContext, LayerContents, LayerInside } from '../detection/context-document';
import type { FindingDocument, LayerVerdict, RiskFactor } from '../detection/finding-document';
import { forgedAction } from '../detection/forged';
import { describeOwner, layerLabel } from '../detection/layer-labels';
import type { NotificationContext } from '../ports';
import { formatBytes, formatDuration, plural, shortLayer } from '../text/format';
import { displayName, escapeForDisplay, quoted, quotedWithoutLinks } from '../text/untrusted-text';
import { describeOrigin } from './layer-origin';
import { comparisonProblems, differenceLines } from './version-difference';

/** What an alert says of a call, in words that every medium shares. All of it is text of one visible line. */
export interface Facts {
  readonly who: string;
  readonly from: string;
  readonly tool: string | undefined;
  readonly when: string;
  readonly where: string;
  /** `undefined` where the call is about no function. */
  readonly before: string | undefined;
  readonly layers: readonly LayerLine[];
  /** Layers that `layers` does not show. */
  readonly unshownLayers: number;
  /** What is inside the new layers, one line for each. */
  readonly inside: readonly string[];
  /** What the new versions hold that those before did not, one line for each. */
  readonly difference: readonly string[];
  /** What led to the call. */
  readonly story: readonly string[];
  /** The function as it is now; `undefined` where nobody looked. */
  readonly function: string | undefined;
  readonly score: string;
  readonly unknown: readonly string[];
  readonly escalationLine: string | undefined;
}

export interface LayerLine {
  readonly label: string;
  /** `added, unknown account 999988887777`. */
  readonly verdict: string;
  /** Whether the call put the layer there, or may have. */
  readonly isNew: boolean;
  /** Of a new layer that is not the account's own. */
  readonly arn: string | undefined;
}

/** Lambda allows five layers on a function; a hostile record may name any number. */
const maxLayers = 10;

export function factsOf(document: FindingDocument, context: NotificationContext): Facts {
  const { layerwatch, user_agent } = document;
  const { change, context: found, risk } = layerwatch;
  const isAboutLayers = change.kind !== 'tampering';
  const claimed = change.action === forgedAction ? 'claimed, not believed: ' : '';
  return {
    who:
      claimed +
      withMore(found.actor?.words ?? 'not available', isAboutLayers ? found.history?.actor_words : null),
    from: claimed + withMore(found.origin?.words ?? 'not available', found.history?.origin_words),
    tool: user_agent.original === undefined ? undefined : quotedWithoutLinks(user_agent.original, 120),
    when: whenOf(document),
    where: whereOf(document),
    before: isAboutLayers && layerwatch.target.type === 'function' ? beforeOf(change.before) : undefined,
    layers: change.layers.slice(0, maxLayers).map(layerLine),
    unshownLayers: Math.max(0, change.layers.length - maxLayers),
    inside: (found.layers ?? []).slice(0, maxLayers).flatMap(insideLine),
    difference: differenceLines(found.layers ?? []),
    story: (found.story?.words ?? []).slice(0, 6).map((words) => escapeForDisplay(words)),
    function: functionLine(found.function),
    score: `${risk.score} = ${scoreOf(risk.factors)}`,
    unknown: unknownsOf(document),
    escalationLine: escalationLineOf(document, context),
  };
}

function withMore(words: string, more: string | null | undefined): string {
  return more === null || more === undefined
    ? escapeForDisplay(words)
    : `${escapeForDisplay(words)}; ${escapeForDisplay(more)}`;
}

/** `boto-utils:3  2.1 kB, created 4 minutes before, external extension extensions/boot`. */
function insideLine(layer: LayerInside): readonly string[] {
  const { contents, description, license, sha256, size_bytes, minutes_before } = layer;
  const parts = [
    size_bytes === null ? '' : formatBytes(size_bytes),
    minutes_before === null ? '' : `created ${formatDuration(minutes_before)} before`,
    ...(contents === null ? [] : describeContents(contents)),
    description === null ? '' : `described as ${quoted(description, 80)}`,
    license === null ? '' : `licence ${quoted(license, 40)}`,
    ...describeOrigin(layer),
    sha256 === null ? '' : `SHA-256 ${escapeForDisplay(sha256, 60)}`,
  ].filter((part) => part !== '');
  return parts.length === 0 ? [] : [`${escapeForDisplay(shortLayer(layer.arn), 150)}: ${parts.join(', ')}`];
}

function describeContents({ entries, extensions, wrappers, shadowed }: LayerContents): readonly string[] {
  const names = (list: readonly string[]) =>
    list.map((name) => escapeForDisplay(displayName(name), 60)).join(', ');
  return [
    extensions.length === 0 ? '' : `external extension ${names(extensions)}`,
    wrappers.length === 0 ? '' : `executable ${names(wrappers)}`,
    shadowed.length === 0 ? '' : `takes the place of ${names(shadowed)}`,
    plural(entries, 'file'),
  ];
}

function functionLine(found: FunctionContext | undefined): string | undefined {
  return found === undefined || found.words === '' ? undefined : escapeForDisplay(found.words);
}

function whenOf({ layerwatch }: FindingDocument): string {
  const { time } = layerwatch.context;
  if (time === undefined) return escapeForDisplay(layerwatch.first_seen);
  const outside = time.outside_working_hours === true ? ', outside working hours' : '';
  return `${escapeForDisplay(time.words)}${outside}`;
}

function whereOf({ layerwatch }: FindingDocument): string {
  const { account, account_name, region } = layerwatch.target;
  const number = escapeForDisplay(account ?? 'unknown account', 40);
  const name = account_name === null ? number : `${escapeForDisplay(account_name, 60)} (${number})`;
  return `${name}, ${escapeForDisplay(region ?? 'unknown region', 40)}`;
}

function beforeOf(arns: readonly string[] | null): string {
  if (arns === null) return 'not known';
  if (arns.length === 0) return 'no layers';
  const shown = arns.slice(0, maxLayers).map((arn) => escapeForDisplay(shortLayer(arn), 150));
  return [...shown, ...(arns.length > maxLayers ? [`and ${arns.length - maxLayers} more`] : [])].join(', ');
}

const describeChange: Readonly<Record<LayerVerdict['change'], string>> = {
  added: 'added',
  'version-changed': 'version changed',
  kept: 'kept',
  removed: 'removed',
  set: 'may be new',
  published: 'published',
};

function layerLine(layer: LayerVerdict): LayerLine {
  const from = layer.from_version === undefined ? '' : ` from ${escapeForDisplay(layer.from_version, 20)}`;
  const isNew = layer.change !== 'kept' && layer.change !== 'removed';
  return {
    label: escapeForDisplay(layerLabel(layer), 150),
    verdict: `${describeChange[layer.change]}${from}, ${describeOwner(layer)}`,
    isNew,
    arn:
      isNew && layer.arn !== null && layer.provenance !== 'own-account'
        ? escapeForDisplay(layer.arn)
        : undefined,
  };
}

/** `21 the rule + 30 layer of unknown account 999988887777 - 15 known deployer pipeline`. */
function scoreOf(factors: readonly RiskFactor[]): string {
  return factors
    .map(({ points, reason }, index) => {
      const sign = points < 0 ? '- ' : index === 0 ? '' : '+ ';
      return `${sign}${Math.abs(points)} ${escapeForDisplay(reason, 120)}`;
    })
    .join(' ');
}

function unknownsOf({ layerwatch }: FindingDocument): readonly string[] {
  const { change, unavailable, problems, context } = layerwatch;
  const before = change.kind === 'before-unknown' ? ['which layers the function had before'] : [];
  const steps = unavailable.map(
    ({ step, reason }) => `${step}: not available, ${escapeForDisplay(reason, 120)}`,
  );
  const inside = (context.layers ?? [])
    .filter(({ problem }) => problem !== null)
    .map(
      ({ arn, problem }) =>
        `layer ${escapeForDisplay(shortLayer(arn), 100)}: ${escapeForDisplay(problem ?? '', 120)}`,
    );
  const further = (context.function?.problems ?? []).map((problem) => escapeForDisplay(problem, 120));
  return [
    ...before,
    ...steps,
    ...inside,
    ...comparisonProblems(context.layers ?? []),
    ...further,
    ...problems.slice(0, 8).map((problem) => escapeForDisplay(problem, 160)),
  ];
}

/** What a reader who was notified before has to know first. */
function escalationLineOf(
  { layerwatch }: FindingDocument,
  { previouslyNotified }: NotificationContext,
): string | undefined {
  if (previouslyNotified === undefined) return undefined;
  const { kind } = layerwatch.change;
  const { band } = layerwatch.risk;
  const from = previouslyNotified.band === null ? '' : ` as ${previouslyNotified.band}`;
  if (kind === 'added' || kind === 'version-changed')
    return `You were notified of this alert before${from}; since then its layers were taken off, and this call put them on again.`;
  return `You were notified of this alert before${from}; it is ${band} now, after ${plural(layerwatch.occurrences, 'event')}.`;
}
