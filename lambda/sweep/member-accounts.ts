import type { DetectionSettings } from '../detection/settings';
import type { Observer } from '../ports';
import { errorMessage } from '../text/format';
import type { AccountLister } from './ports';

/**
 * Accounts of the organization but for the hub's own, in order: those of the configuration, and those that AWS Organizations lists. Where
 * it cannot be asked, those of the configuration are left, and the job that lists the accounts has failed.
 */
export async function memberAccountsOf(
  { accounts, observer }: { readonly accounts?: AccountLister | undefined; readonly observer: Observer },
  {
    settings: { organization },
    ownAccount,
  }: { readonly settings: DetectionSettings; readonly ownAccount?: string | undefined },
): Promise<readonly string[]> {
  const listed = await accounts?.list().catch((error: unknown) => {
    observer.warn('the accounts of the organization could not be listed', { error: errorMessage(error) });
    return undefined;
  });
  const all = new Set([...(organization?.accounts ?? []), ...(listed?.keys() ?? [])]);
  if (ownAccount !== undefined) all.delete(ownAccount);
  return [...all].sort();
}
