import { metric } from '../contract';
import type { DetectionSettings } from '../detection/settings';
import type { Clock, Observer } from '../ports';
import { memberAccountsOf } from './member-accounts';
import type { AccountLister, ForwarderStatusStore, HeartbeatStore, SilentForwarder } from './ports';

export interface ForwarderWatchPorts {
  readonly clock: Clock;
  readonly observer: Observer;
  readonly accounts?: AccountLister | undefined;
  readonly forwarders: { readonly heartbeats: HeartbeatStore; readonly status: ForwarderStatusStore };
}

/** A forwarder is heard each hour; EventBridge delivers late now and then. */
const silentAfterMilliseconds = 3 * 60 * 60_000;

/** A forwarder that was not heard for so long was removed. */
const removedAfterMilliseconds = 7 * 24 * 60 * 60_000;

/** Names the forwarders that were heard before and are silent now, and the accounts that no forwarder was ever heard of. */
export async function watchForwarders(
  ports: ForwarderWatchPorts,
  options: { readonly settings: DetectionSettings; readonly ownAccount?: string | undefined },
): Promise<void> {
  const {
    clock,
    observer,
    forwarders: { heartbeats, status },
  } = ports;
  const accounts = await memberAccountsOf(ports, options);
  const now = clock.now();
  const silent: SilentForwarder[] = [];
  const unheard: string[] = [];
  let heard = 0;
  const all = await heartbeats.read(accounts);
  for (const account of accounts) {
    const regions = [...(all.get(account) ?? [])].filter(
      ([, at]) => ageOf(at, now) < removedAfterMilliseconds,
    );
    const late = regions.filter(([, at]) => ageOf(at, now) > silentAfterMilliseconds);
    silent.push(...late.map(([region, lastHeard]) => ({ account, region, lastHeard })));
    heard += regions.length - late.length;
    if (regions.length === 0) unheard.push(account);
  }
  if (silent.length > 0) {
    observer.count(metric.forwardersSilent, silent.length);
    observer.warn('forwarders are silent', { silent: silent.slice(0, 100) });
  }
  await status.write({ at: now.toISOString(), accounts: accounts.length, heard, silent, unheard });
}

function ageOf(time: string, now: Date): number {
  return now.getTime() - Date.parse(time);
}
