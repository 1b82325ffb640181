import type { DetectionSettings } from '../detection/settings';
import type { Observer, StateStore } from '../ports';
import type { AccountLister } from './ports';

interface ListPorts {
  readonly state: StateStore;
  readonly observer: Observer;
  readonly accounts?: AccountLister | undefined;
}

/** Lists that are remembered already: the lister gives the same one until it asks again. */
const remembered = new WeakSet<ReadonlyMap<string, string>>();

/** Remembers the names of the organization's accounts, where the configuration lets them be read. */
export async function listAccounts(
  { accounts, state, observer }: ListPorts,
  { settings }: { readonly settings: DetectionSettings },
): Promise<void> {
  if (accounts === undefined || settings.organization?.readAccounts !== true) return;
  const names = await accounts.list();
  if (remembered.has(names)) return;
  await state.rememberAccounts(names);
  remembered.add(names);
  observer.info('accounts of the organization listed', { accounts: names.size });
}
