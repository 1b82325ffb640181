import { displayName, escapeForDisplay } from '../text/untrusted-text';
import type { LayerVerdict } from './finding-document';

/** Whose layer it is: `unknown account 999988887777`, `own account`, `AWS`, `vendor Datadog`. */
export function describeOwner({ provenance, account, publisher }: LayerVerdict): string {
  switch (provenance) {
    case 'own-account':
      return 'own account';
    case 'aws':
      return publisher === null ? 'AWS' : `AWS, ${escapeForDisplay(publisher)}`;
    case 'vendor':
      return publisher === null ? 'a vendor' : `vendor ${escapeForDisplay(publisher)}`;
    case 'organization':
      return `organization account ${displayName(account ?? 'unknown')}${named(publisher)}`;
    case 'trusted':
      return `trusted account ${displayName(account ?? 'unknown')}`;
    default:
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
export function newLayersOf(layers: readonly LayerVerdict[]): readonly LayerVerdict[] {
  return layers.filter(({ change }) => change !== 'kept' && change !== 'removed');
}

/** The layer to speak of first: of an unknown account before all others. */
export function mostNotable(layers: readonly LayerVerdict[]): LayerVerdict | undefined {
  return layers.find(({ provenance }) => provenance === 'unknown-account') ?? layers[0];
}

export function plural(number: number, noun: string): string {
  return number === 1 ? `1 ${noun}` : `${number} ${noun}s`;
}

/** `4 minutes`, `3 hours`, `12 days`; rounded down. */
export function formatDuration(minutes: number): string {
  if (minutes < 1) return 'less than a minute';
  if (minutes < 120) return plural(minutes, 'minute');
  return minutes < 2_880
    ? plural(Math.floor(minutes / 60), 'hour')
    : plural(Math.floor(minutes / 1_440), 'day');
}
