import type { ChangeKind } from './change-kinds';
import type { FindingContext } from './context-document';
import type { LayerVerdict } from './finding-document';

/** What the factors look at. */
export interface RiskFacts {
  readonly changeKind: ChangeKind;
  readonly layers: readonly LayerVerdict[];
  readonly context: FindingContext;
  /** ARNs, without version, of layers that were not seen here before. */
  readonly newLayersHere: ReadonlySet<string>;
  /** Name of the configured deployer whose principal made the call. */
  readonly deployer: string | undefined;
  readonly targetsLayerwatch: boolean;
}

/** AWS and known vendors are known for what they put into their layers. */
export function isOfKnownPublisher({ provenance }: LayerVerdict): boolean {
  return provenance === 'aws' || provenance === 'vendor';
}
