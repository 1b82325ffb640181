import { type Band, bandOf, isAtLeast } from './band';
import type { Call, Target } from './call';
import type { Change } from './change';
import { changePolicy } from './change-kinds';
import type { FindingContext } from './context-document';
import type { DispositionReason } from './disposition-reason';
import { exceptionFor } from './exceptions';
import type { Disposition, LayerVerdict } from './finding-document';
import { newLayersOf } from './layer-labels';
import type { Risk } from './risk';
import type { DetectionSettings, Exception } from './settings';

/** What decides whether people are notified of one record. */
export interface DispositionFacts {
  readonly call: Call;
  readonly change: Change;
  readonly layers: readonly LayerVerdict[];
  /** The risk that the call would be if no deployer made it. */
  readonly riskOfAnybody: Risk;
  readonly context: FindingContext;
  /** Name of the configured deployer whose principal made the call. */
  readonly deployer: string | undefined;
  /** Why the change cannot be judged as it should be; such a call is notified whatever it seems to do. */
  readonly doubt: readonly string[] | undefined;
  /** `YYYY-MM-DD`, UTC. */
  readonly today: string;
}

export interface Decision {
  readonly disposition: Exclude<Disposition, 'withhold'>;
  readonly reason: DispositionReason;
  readonly exception?: Exception;
}

/** Decides whether people are notified of a record, and says why. */
export function dispose(facts: DispositionFacts, settings: DetectionSettings): Decision {
  if (!isWanted(facts, settings)) return { disposition: 'record', reason: 'change-not-notified' };
  if (!isSevereEnough(facts, settings)) return { disposition: 'record', reason: 'below-minimum-severity' };
  const exception = exceptionOf(facts, settings);
  if (exception !== undefined) return { disposition: 'except', reason: 'excepted', exception };
  return { disposition: 'notify', reason: 'notified' };
}

/**
 * A call that cannot be judged may hide what somebody else did, whom no exception is about. Tampering is excepted only by principal
 * and name, as for the role that deploys Layerwatch: other exceptions are made for layer changes.
 */
function exceptionOf(facts: DispositionFacts, { exceptions }: DetectionSettings): Exception | undefined {
  if (facts.doubt !== undefined) return undefined;
  const isTampering = facts.change.kind === 'tampering';
  const candidates = exceptions.filter(
    (each) => !isTampering || (each.principal !== undefined && each.function !== undefined),
  );
  return exceptionFor(exceptionFacts(facts), candidates, facts.today);
}

function isWanted(facts: DispositionFacts, { notifyOn }: DetectionSettings): boolean {
  const { kind } = facts.change;
  if (facts.doubt !== undefined || kind === 'tampering' || notifyOn === 'every-match') return true;
  if (notifyOn !== 'layer-changes') return notifyOn.includes(kind);
  return (
    changePolicy(kind).notifies || (facts.deployer === undefined && protectingLayersRemoved(facts).length > 0)
  );
}

/** Points that lower the score lower the severity that is shown; they never silence. */
function isSevereEnough(
  { change, riskOfAnybody, doubt }: DispositionFacts,
  { minimumBandToNotify }: DetectionSettings,
): boolean {
  if (change.kind === 'tampering' || doubt !== undefined) return true;
  return isAtLeast(bandWithoutDeductions(riskOfAnybody), minimumBandToNotify);
}

/** The severity without the factors that lower the score. */
function bandWithoutDeductions({ factors }: Risk): Band {
  return bandOf(factors.reduce((sum, { points }) => sum + Math.max(0, points), 0));
}

/**
 * Removed layers that watch or protect the function: those of AWS, of known vendors and of trusted accounts, and those that
 * started an external extension.
 */
function protectingLayersRemoved({
  layers,
  context,
}: Pick<DispositionFacts, 'layers' | 'context'>): readonly LayerVerdict[] {
  const withExtension = new Set(
    (context.layers ?? [])
      .filter(({ contents }) => (contents?.extensions.length ?? 0) > 0)
      .map(({ arn }) => arn),
  );
  const isProtecting = ({ provenance, arn }: LayerVerdict) =>
    provenance === 'aws' ||
    provenance === 'vendor' ||
    provenance === 'trusted' ||
    (arn !== null && withExtension.has(arn));
  return layers.filter((layer) => layer.change === 'removed' && isProtecting(layer));
}

/** An exception for a layer covers what was put on, and nothing that protected the function and was taken off. */
function exceptionFacts(facts: DispositionFacts) {
  const { call, context, layers } = facts;
  const judged = [...newLayersOf(layers), ...protectingLayersRemoved(facts)];
  return {
    principal: context.actor?.principal ?? undefined,
    account: call.target.account,
    region: call.target.region,
    functionName: nameOf(call.target),
    layers: judged.map(({ arn }) => arn ?? ''),
  };
}

/** What `function` of an exception is compared with. The name of a trail could be one of a function. */
function nameOf({ type, name }: Target): string | undefined {
  if (type === 'layer' || name === undefined) return undefined;
  return type === 'trail' ? `trail/${name.split('/').at(-1)}` : name;
}
