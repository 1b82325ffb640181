import { type Band, bandOf } from './band';
import type { ActorContext, ChangeKind, FindingContext, LayerVerdict, RiskFactor } from './finding-document';
import { rule } from './rule';

/** What the factors look at. */
export interface RiskFacts {
  readonly changeKind: ChangeKind;
  readonly layers: readonly LayerVerdict[];
  readonly context: FindingContext;
  /** Name of the configured deployer whose principal made the call. */
  readonly deployer: string | undefined;
  readonly targetsLayerwatch: boolean;
}

export interface Risk {
  /** 0 to 99. */
  readonly score: number;
  readonly band: Band;
  readonly factors: readonly RiskFactor[];
}

interface Factor {
  readonly id: string;
  readonly defaultPoints: number;
  /** When it applies, for people who read the settings. */
  readonly when: string;
  /** Why the factor applies, as a phrase; `undefined` where it does not. */
  readonly reason: (facts: RiskFacts) => string | undefined;
}

const highestRisk = 99;

/** In the order in which an alert prints them. */
const factors: readonly Factor[] = [
  {
    id: 'unknown-account-layer',
    defaultPoints: 30,
    when: 'a layer of an account that is neither yours, trusted, AWS nor a known vendor',
    reason: unknownAccountLayer,
  },
  {
    id: 'unreadable-parameters',
    defaultPoints: 10,
    when: 'the parameters of the call cannot be read',
    reason: unreadableParameters,
  },
  {
    id: 'root-user',
    defaultPoints: 30,
    when: 'the root user made the call',
    reason: rootUser,
  },
  {
    id: 'user-without-mfa',
    defaultPoints: 15,
    when: 'an IAM user made the call, and not with MFA',
    reason: userWithoutMfa,
  },
  {
    id: 'outside-working-hours',
    defaultPoints: 10,
    when: 'the call was outside `workingHours`',
    reason: outsideWorkingHours,
  },
  {
    id: 'targets-layerwatch',
    defaultPoints: 40,
    when: 'the function is Layerwatch itself',
    reason: targetsLayerwatch,
  },
  {
    id: 'known-deployer',
    defaultPoints: -15,
    when: 'one of `deployers` made the call',
    reason: knownDeployer,
  },
];

/** The factors as a reader of the settings knows them. */
export const factorDescriptions: readonly Pick<Factor, 'id' | 'defaultPoints' | 'when'>[] = factors;

/** Ids that `riskPoints` may name; `rule` is the start. */
export const factorIds: readonly string[] = factors.map((factor) => factor.id);

/** Starts at the rule's score and adds the points of every factor that applies; 0 to 99. */
export function assessRisk(facts: RiskFacts, points: ReadonlyMap<string, number>): Risk {
  const start: RiskFactor = { id: 'rule', points: rule.risk_score, reason: 'the rule' };
  const applying = factors.flatMap((factor) => apply(factor, facts, points));
  const sum = applying.reduce((total, factor) => total + factor.points, start.points);
  const score = Math.min(highestRisk, Math.max(0, sum));
  return { score, band: bandOf(score), factors: [start, ...applying] };
}

function apply(factor: Factor, facts: RiskFacts, points: ReadonlyMap<string, number>): readonly RiskFactor[] {
  const reason = factor.reason(facts);
  return reason === undefined
    ? []
    : [{ id: factor.id, points: points.get(factor.id) ?? factor.defaultPoints, reason }];
}

/** Layers that the call put on the function, or may have put there. */
function newLayers(layers: readonly LayerVerdict[]): readonly LayerVerdict[] {
  return layers.filter(({ change }) => change !== 'kept' && change !== 'removed');
}

function unknownAccountLayer({ layers }: RiskFacts): string | undefined {
  const layer = newLayers(layers).find(({ provenance }) => provenance === 'unknown-account');
  if (layer === undefined) return undefined;
  return layer.account === null
    ? 'layer whose owner cannot be read'
    : `layer of unknown account ${layer.account}`;
}

function unreadableParameters({ changeKind }: RiskFacts): string | undefined {
  return changeKind === 'unreadable' ? 'the record does not tell which layers' : undefined;
}

function rootUser({ context }: RiskFacts): string | undefined {
  return context.actor?.type === 'Root' ? 'root user' : undefined;
}

function userWithoutMfa({ context }: RiskFacts): string | undefined {
  return isUserWithoutMfa(context.actor) ? 'IAM user without MFA' : undefined;
}

/** A record of a long-lived access key says nothing of MFA, which means that none was used. */
function isUserWithoutMfa(actor: ActorContext | undefined): boolean {
  return actor?.type === 'IAMUser' && actor.mfa !== true;
}

function outsideWorkingHours({ context }: RiskFacts): string | undefined {
  return context.time?.outside_working_hours === true ? 'outside working hours' : undefined;
}

function targetsLayerwatch(facts: RiskFacts): string | undefined {
  return facts.targetsLayerwatch ? 'the function is part of Layerwatch itself' : undefined;
}

function knownDeployer({ deployer }: RiskFacts): string | undefined {
  return deployer === undefined ? undefined : `known deployer ${deployer}`;
}
