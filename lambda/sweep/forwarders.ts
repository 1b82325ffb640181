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

/**
 * Names the forwarders that were heard before and are silent now, the accounts of which none was ever heard, and the regions of the
 * configuration of which none was heard in an account where another one is.
 */
export async function watchForwarders(
  ports: ForwarderWatchPorts,
  options: { readonly settings: DetectionSettings; readonly ownAccount?: string | undefined },
): Promise<void> {
  const {
    clock,
    observer,
    forwarders: { heartbeats, status },
  } = ports;
  const { ids: accounts } = await memberAccountsOf(ports, options);
  const now = clock.now();
  const silent: SilentForwarder[] = [];
  const unheard: string[] = [];
  const unheardRegions: string[] = [];
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
    else unheardRegions.push(...missingOf(regions, options.settings).map((region) => `${account} ${region}`));
  }
  if (silent.length > 0) {
    observer.count(metric.forwardersSilent, silent.length);
    observer.warn('forwarders are silent', { silent: silent.slice(0, 100) });
  }
  if (unheardRegions.length > 0)
    observer.info('no forwarder is heard in some regions of accounts that have others', {
      unheardRegions: unheardRegions.slice(0, 100),
    });
  await status.write({
    at: now.toISOString(),
    accounts: accounts.length,
    heard,
    silent,
    unheard,
    unheardRegions,
  });
}

/** Regions of the configuration without a heartbeat. */
function missingOf(
  heard: readonly (readonly [region: string, at: string])[],
  { organization }: DetectionSettings,
): readonly string[] {
  const regions = new Set(heard.map(([region]) => region));
  return (organization?.regions ?? []).filter((region) => !regions.has(region));
}

function ageOf(time: string, now: Date): number {
  return now.getTime() - Date.parse(time);
}
