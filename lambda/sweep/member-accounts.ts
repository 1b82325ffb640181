import { metric } from '../contract';
import type { DetectionSettings } from '../detection/settings';
import { memberSweptEventNames } from '../detection/swept-event-names';
import { UnfinishedSweepError } from '../errors';
import type { PipelineDependencies } from '../pipeline/dependencies';
import { compareFunctions } from './baselines';
import { type EventSweepOptions, sweepEvents } from './event-history';
import type { AccountLister, MemberAccount, MemberDirectory, MemberStatusStore } from './ports';
import type { Span } from './sweep-window';

export interface MemberSweepPorts extends PipelineDependencies {
  readonly pause: (milliseconds: number) => Promise<void>;
  /** Absent where the configuration lets nobody's accounts be read. */
  readonly accounts?: AccountLister | undefined;
  /** Absent without the external id of the role. */
  readonly members?: { readonly directory: MemberDirectory; readonly status: MemberStatusStore } | undefined;
}

export interface MemberSweepOptions extends Omit<EventSweepOptions, 'onGap'> {
  readonly settings: DetectionSettings;
}

/** Accounts times regions that are looked through at the same time: the limits of AWS are of each account and region. */
const regionsAtOnce = 64;

const listingEveryMilliseconds = 24 * 60 * 60_000;

/**
 * Looks through the event history of each member account and region, and learns its functions' layers. One account that cannot be
 * read keeps none of the others from it. What time does not allow is begun with by the next sweep.
 */
export async function sweepMembers(ports: MemberSweepPorts, options: MemberSweepOptions): Promise<void> {
  const { members, observer } = ports;
  const { organization } = options.settings;
  if (members === undefined || organization === undefined) return;
  const status = await members.status.read();
  const accounts = inTurn(await accountsOf(ports, options), status?.nextAccount);
  const failed = new Map(status?.failed);
  const accountsAtOnce = Math.max(1, Math.floor(regionsAtOnce / Math.max(1, organization.regions.length)));
  let done = 0;
  while (done < accounts.length && options.hasTimeLeft()) {
    const some = accounts.slice(done, done + accountsAtOnce);
    const reasons = await Promise.all(some.map((account) => sweepAccount(account, ports, options)));
    for (const [index, account] of some.entries()) noteOutcome(failed, account, reasons[index]);
    done += some.length;
  }
  for (const account of failed.keys()) if (!accounts.includes(account)) failed.delete(account);
  if (failed.size > 0) observer.count(metric.memberAccountsUnread, failed.size);
  observer.info('member accounts looked through', { accounts: accounts.length, done, failed: failed.size });
  await members.status.write({
    at: ports.clock.now().toISOString(),
    accounts: accounts.length,
    failed,
    nextAccount: accounts[done] ?? accounts[0],
  });
}

async function accountsOf(
  { accounts, observer }: MemberSweepPorts,
  { settings, ownAccount }: MemberSweepOptions,
): Promise<readonly string[]> {
  const listed = await accounts?.list().catch((error: unknown) => {
    observer.warn('the accounts of the organization could not be listed', { error: String(error) });
    return undefined;
  });
  const all = new Set([...(settings.organization?.accounts ?? []), ...(listed?.keys() ?? [])]);
  if (ownAccount !== undefined) all.delete(ownAccount);
  return [...all].sort();
}

/** Begins where the sweep before had to end, so that every account has its turn. */
function inTurn(accounts: readonly string[], first: string | undefined): readonly string[] {
  const from =
    first === undefined
      ? 0
      : Math.max(
          0,
          accounts.findIndex((account) => account >= first),
        );
  return [...accounts.slice(from), ...accounts.slice(0, from)];
}

function noteOutcome(failed: Map<string, string>, account: string, reason: string | undefined): void {
  if (reason === undefined) failed.delete(account);
  else failed.set(account, reason);
}

/** Answers with the reason where it could not be read. */
async function sweepAccount(
  account: string,
  ports: MemberSweepPorts,
  options: MemberSweepOptions,
): Promise<string | undefined> {
  const regions = options.settings.organization?.regions ?? [];
  try {
    const member = await ports.members?.directory.open(account);
    if (member === undefined) return 'no role';
    const swept = await Promise.allSettled(
      (regions.length === 0 ? [undefined] : regions).map((region) =>
        sweepRegion(member, region, ports, options),
      ),
    );
    const failure = swept.find((result) => result.status === 'rejected');
    if (failure !== undefined) throw failure.reason;
    return undefined;
  } catch (error) {
    const reason = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
    ports.observer.warn('a member account could not be looked through', { account, error: reason });
    return reason.slice(0, 200);
  }
}

async function sweepRegion(
  member: MemberAccount,
  region: string | undefined,
  ports: MemberSweepPorts,
  options: MemberSweepOptions,
): Promise<void> {
  const { history, functions, progress, seedProgress } = member.region(region);
  const onGap = async (gap: Span): Promise<void> => reportGap(member.account, region, gap, ports);
  const { failures, isFinished } = await sweepEvents(
    { ...ports, history, progress },
    { ...options, eventNames: memberSweptEventNames, onGap },
  );
  await compareFunctions(
    { ...ports, functions, progress: seedProgress },
    { ...options, everyMilliseconds: listingEveryMilliseconds },
  );
  if (failures.length > 0)
    throw new AggregateError(failures, `${failures.length} records could not be processed`);
  if (!isFinished) throw new UnfinishedSweepError();
}

function reportGap(
  account: string,
  region: string | undefined,
  { from, to }: Span,
  { observer }: MemberSweepPorts,
): void {
  observer.count(metric.sweepGapMinutes, Math.ceil((to.getTime() - from.getTime()) / 60_000));
  const span = { from: from.toISOString(), to: to.toISOString() };
  observer.warn('hours of a member account that no sweep looked through', { account, region, ...span });
}
