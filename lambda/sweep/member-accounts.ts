import type { DetectionSettings } from '../detection/settings';
import type { Observer } from '../ports';
import { errorMessage } from '../text/format';
import type { AccountLister } from './ports';

/** Member accounts of the organization. */
export interface MemberAccounts {
  /** In order, without the hub's own. */
  readonly ids: readonly string[];
  /** Whether AWS Organizations could not be asked, so that others may be missing. */
  readonly isPartial: boolean;
}

/**
 * The accounts of the configuration, and those that AWS Organizations lists. Where it cannot be asked, those of the configuration are left.
 *
 * @throws what AWS Organizations answered, where the configuration names no account: an unknown organization is no empty one
 */
export async function memberAccountsOf(
  { accounts, observer }: { readonly accounts?: AccountLister | undefined; readonly observer: Observer },
  {
    settings: { organization },
    ownAccount,
  }: { readonly settings: DetectionSettings; readonly ownAccount?: string | undefined },
): Promise<MemberAccounts> {
  const configured = organization?.accounts ?? [];
  const listed = await accounts?.list().catch((error: unknown) => {
    if (configured.length === 0) throw error;
    observer.warn('the accounts of the organization could not be listed', { error: errorMessage(error) });
    return undefined;
  });
  const all = new Set([...configured, ...(listed?.keys() ?? [])]);
  if (ownAccount !== undefined) all.delete(ownAccount);
  return { ids: [...all].sort(), isPartial: accounts !== undefined && listed === undefined };
}
