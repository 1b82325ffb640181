import type { LambdaLookup, LayerVersionFacts } from '../ports';

/** Less than the ten minutes for which the archive's address holds. */
const keepMilliseconds = 5 * 60_000;
const maxKept = 200;

/** Asks for a layer version once for many functions: a rollout puts one layer on hundreds within minutes. */
export function rememberingLookup(lookup: LambdaLookup, nowMilliseconds: () => number): LambdaLookup {
  const kept = new Map<string, { readonly until: number; readonly facts: LayerVersionFacts }>();
  return {
    async layerVersion(arn, signal) {
      const known = kept.get(arn);
      if (known !== undefined && known.until > nowMilliseconds()) return known.facts;
      const facts = await lookup.layerVersion(arn, signal);
      if (kept.size >= maxKept) kept.clear();
      kept.set(arn, { until: nowMilliseconds() + keepMilliseconds, facts });
      return facts;
    },
    functionConfiguration: (arn, signal) => lookup.functionConfiguration(arn, signal),
    aliases: (arn, signal) => lookup.aliases(arn, signal),
    invokers: (arn, signal) => lookup.invokers(arn, signal),
  };
}
