import { type Band, bandOf } from './band';
import type { RiskFactor } from './finding-document';
import { type Factor, factors } from './risk-factors';
import type { RiskFacts } from './risk-facts';
import { layerRule } from './rule';

export interface Risk {
  /** 0 to 99. */
  readonly score: number;
  readonly band: Band;
  readonly factors: readonly RiskFactor[];
}

const highestRisk = 99;

/** The factors as a reader of the settings knows them. */
export const factorDescriptions: readonly Pick<Factor, 'id' | 'defaultPoints' | 'when'>[] = factors;

/** Ids that `riskPoints` may name; `rule` is the start. */
export const factorIds: readonly string[] = factors.map((factor) => factor.id);

/** Starts at the rule's score and adds the points of every factor that applies; 0 to 99. */
export function assessRisk(facts: RiskFacts, points: ReadonlyMap<string, number>): Risk {
  const start: RiskFactor = {
    id: 'rule',
    points: layerRule.base.risk_score,
    reason: 'base score of the rule',
  };
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
