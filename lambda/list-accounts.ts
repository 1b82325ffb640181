import type { DetectionSettings } from './detection/settings';
import type { Memory, Observer } from './ports';
import type { AccountLister } from './sweep-ports';

interface ListPorts {
  readonly memory: Memory;
  readonly observer: Observer;
  readonly clock: { now(): Date };
  readonly accounts?: AccountLister | undefined;
}

/** Sweeps come every ten minutes: the first of each hour lists the accounts. */
const everyMilliseconds = 60 * 60_000;
const sweepMilliseconds = 10 * 60_000;

/** Remembers the names of the organization's accounts, where the configuration lets them be read. */
export async function listAccounts(
  { accounts, memory, observer, clock }: ListPorts,
  { settings }: { readonly settings: DetectionSettings },
): Promise<void> {
  if (accounts === undefined || settings.organization?.readAccounts !== true) return;
  if (clock.now().getTime() % everyMilliseconds >= sweepMilliseconds) return;
  const names = await accounts.list();
  await memory.rememberAccounts(names);
  observer.info('accounts of the organization listed', { accounts: names.size });
}
