import { metric } from '../contract';
import type { DetectionSettings } from '../detection/settings';
import { RegionNotEnabledError } from '../errors';
import type { PipelineDependencies, PipelineOptions } from '../pipeline/dependencies';
import { workThrough } from '../pipeline/worker-pool';
import { errorMessage } from '../text/format';
import { compareFunctions } from './baselines';
import { type MemberAccounts, memberAccountsOf } from './member-accounts';
import type { AccountLister, MemberDirectory, MemberListingStore, MemberPlace } from './ports';

export interface MemberListingPorts extends PipelineDependencies {
  /** Absent where the configuration lets nobody's accounts be read. */
  readonly accounts?: AccountLister | undefined;
  readonly members: { readonly directory: MemberDirectory; readonly listing: MemberListingStore };
}

export interface MemberListingOptions extends PipelineOptions {
  readonly settings: DetectionSettings;
  /** Whether there is time for one more account and region. */
  readonly hasTimeLeft: () => boolean;
}

/** The sweep's runs in a day: so many parts the accounts and regions are divided into. */
const runsOfDay = 144;

/** Fewer accounts and regions have their turn in every run, so that a repaired one is soon no longer named. */
const minPlacesOfRun = 64;

/** AWS's limits are of each account and region, so that many are asked at the same time. */
const placesAtOnce = 16;

/** Half a day: a turn comes once a day at least, and the first one after half a day lists. */
const listingEveryMilliseconds = 12 * 60 * 60_000;

/** What a run did with an account and region; `no-time` is left to the next run. */
type Outcome = 'listed' | 'not-enabled' | 'no-time' | { readonly failure: string };

/**
 * Learns the layers of the functions of member accounts: each run of a part of the accounts and regions, all of them in a day. One that
 * cannot be listed is named and keeps none of the others from it. The next run begins where this one ended.
 */
export async function listMemberFunctions(
  ports: MemberListingPorts,
  options: MemberListingOptions,
): Promise<void> {
  const { clock, observer, members } = ports;
  const known = await members.listing.read();
  const accounts = await memberAccountsOf(ports, options);
  const all = placesOf(accounts.ids, options.settings);
  const due = fromCursor(all, known?.next).slice(
    0,
    Math.max(minPlacesOfRun, Math.ceil(all.length / runsOfDay)),
  );
  const outcomes = await workThrough(due, placesAtOnce, (place) => listPlace(place, ports, options));
  const failed = failuresAfter(remaining(known?.failed, all, accounts), due, outcomes);
  if (failed.size > 0) observer.count(metric.memberAccountsUnread, failed.size);
  observer.info('functions of member accounts listed', {
    accountRegions: all.length,
    ofThisRun: due.length,
    failed: failed.size,
  });
  await members.listing.write({
    at: clock.now().toISOString(),
    places: all.length,
    failed,
    next: nextPlace(all, due, outcomes),
  });
}

/** Reads as `210987654321 eu-west-3`. */
export function placeName({ account, region }: MemberPlace): string {
  return `${account} ${region ?? 'home'}`;
}

function placesOf(accounts: readonly string[], { organization }: DetectionSettings): readonly MemberPlace[] {
  const regions = organization?.regions ?? [];
  return accounts
    .flatMap((account) =>
      (regions.length === 0 ? [undefined] : regions).map((region) => ({ account, region })),
    )
    .sort((a, b) => (placeName(a) < placeName(b) ? -1 : 1));
}

/** Where the next one has left the organization, from the one behind it. */
function fromCursor(all: readonly MemberPlace[], next: string | undefined): readonly MemberPlace[] {
  const from = next === undefined ? 0 : all.findIndex((place) => placeName(place) >= next);
  return from <= 0 ? all : [...all.slice(from), ...all.slice(0, from)];
}

async function listPlace(
  place: MemberPlace,
  ports: MemberListingPorts,
  options: MemberListingOptions,
): Promise<Outcome> {
  if (!options.hasTimeLeft()) return 'no-time';
  try {
    const { functions, progress } = await ports.members.directory.open(place);
    const { outcome } = await compareFunctions(
      { ...ports, functions, progress },
      { ...options, everyMilliseconds: listingEveryMilliseconds },
    );
    return outcome === 'to-be-continued' ? 'no-time' : 'listed';
  } catch (error) {
    if (error instanceof RegionNotEnabledError) return 'not-enabled';
    const failure = errorMessage(error).slice(0, 200);
    ports.observer.warn('the functions of a member account could not be listed', {
      place: placeName(place),
      error: failure,
    });
    return { failure };
  }
}

/** Known failures but those of accounts and regions that are no longer of the organization; a partial list does not show who left. */
function remaining(
  known: ReadonlyMap<string, string> = new Map(),
  all: readonly MemberPlace[],
  { isPartial }: MemberAccounts,
): ReadonlyMap<string, string> {
  if (isPartial) return known;
  const names = new Set(all.map(placeName));
  return new Map([...known].filter(([name]) => names.has(name)));
}

/** A failure stays until its account and region are listed. */
function failuresAfter(
  known: ReadonlyMap<string, string>,
  due: readonly MemberPlace[],
  outcomes: readonly Outcome[],
): ReadonlyMap<string, string> {
  const failed = new Map(known);
  for (const [index, place] of due.entries()) {
    const outcome = outcomes[index];
    if (typeof outcome === 'object') failed.set(placeName(place), outcome.failure);
    else if (outcome !== 'no-time') failed.delete(placeName(place));
  }
  return failed;
}

function nextPlace(
  all: readonly MemberPlace[],
  due: readonly MemberPlace[],
  outcomes: readonly Outcome[],
): string | undefined {
  const waiting = outcomes.indexOf('no-time');
  const first = due[waiting];
  if (first !== undefined) return placeName(first);
  const last = due.at(-1);
  const behind = last === undefined ? undefined : (all[all.indexOf(last) + 1] ?? all[0]);
  return behind === undefined ? undefined : placeName(behind);
}
