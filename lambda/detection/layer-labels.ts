import { displayName, escapeForDisplay } from '../text/untrusted-text';
import type { LayerVerdict } from './finding-document';

/** Whose layer it is: `unknown account 999988887777`, `own account`, `AWS (Powertools)`, `vendor Datadog`. */
export function describeOwner({ provenance, account, publisher }: LayerVerdict): string {
  switch (provenance) {
    case 'own-account':
      return 'own account';
    case 'aws':
      return publisher === null ? 'AWS' : `AWS (${escapeForDisplay(publisher)})`;
    case 'vendor':
      return publisher === null ? 'a vendor' : `vendor ${escapeForDisplay(publisher)}`;
    case 'organization':
      return `organization account ${displayName(account ?? 'unknown')}${named(publisher)}`;
    case 'trusted':
      return `trusted account ${displayName(account ?? 'unknown')}`;
    case 'unknown-account':
      return account === null
        ? 'unknown owner'
        : `unknown account ${displayName(account)}${named(publisher)}`;
  }
}

function named(publisher: string | null): string {
  return publisher === null ? '' : ` (${escapeForDisplay(publisher)})`;
}

/** `boto-utils:3`; the ARN where it cannot be read, so that nothing that was asked for goes unsaid. Hostile text. */
export function layerLabel({ name, version, arn }: LayerVerdict): string {
  if (name === null) return arn ?? 'unknown';
  return version === null ? name : `${name}:${version}`;
}

/** Layers that the call put on the function, or may have put there. */
export function newLayersOf<Layer extends Pick<LayerVerdict, 'change'>>(
  layers: readonly Layer[],
): readonly Layer[] {
  return layers.filter(({ change }) => change !== 'kept' && change !== 'removed');
}

/** The layer to speak of first: of an unknown account before all others. */
export function mostNotable(layers: readonly LayerVerdict[]): LayerVerdict | undefined {
  return layers.find(({ provenance }) => provenance === 'unknown-account') ?? layers[0];
}
