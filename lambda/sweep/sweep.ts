import { metric } from '../contract';
import { gapNotification } from '../notification/gap';
import type { PipelineOptions } from '../pipeline/dependencies';
import type { UndeliveredAlerts } from '../ports';
import type { SelftestProgressStore } from '../selftest/ports';
import { errorMessage } from '../text/format';
import { listAccounts } from './account-names';
import { compareFunctions, type ListingDependencies } from './baselines';
import { type EventSweepDependencies, sweepEvents } from './event-history';
import { type ForwarderWatchPorts, watchForwarders } from './forwarders';
import { listMemberFunctions, type MemberListingPorts } from './member-functions';
import { finishExports } from './pending-exports';
import { finishAlerts } from './pending-notifications';
import type { AccountLister, SelfCheck, SweepLease } from './ports';
import { checkItself } from './self-checks';
import { watchSelftest } from './selftest-watchdog';
import type { Span } from './sweep-window';
import { sendDigest } from './withheld-digest';

export interface SweepDependencies extends EventSweepDependencies {
  /** Absent where member accounts let nobody read. */
  readonly members?: MemberListingPorts['members'] | undefined;
  readonly undelivered: UndeliveredAlerts;
  readonly listing: Pick<ListingDependencies, 'functions' | 'progress'>;
  /** Absent where the configuration does not let the accounts be read. */
  readonly accounts?: AccountLister | undefined;
  /** Absent without an organization. */
  readonly forwarders?: ForwarderWatchPorts['forwarders'] | undefined;
  /** Absent where no self-test is scheduled. */
  readonly selftest?: SelftestProgressStore | undefined;
  /** Absent where Layerwatch does not look at itself. */
  readonly selfChecks?: (() => readonly SelfCheck[]) | undefined;
  readonly lease: SweepLease;
}

export interface SweepOptions extends PipelineOptions {
  /** Time that this run has left, in milliseconds. */
  readonly remainingMilliseconds: () => number;
  /** Exact names of the calls that are looked for; all that matter by default. */
  readonly eventNames?: readonly string[] | undefined;
}

interface Run {
  readonly dependencies: SweepDependencies;
  readonly options: SweepOptions;
  /** Time that the run had when it began, in milliseconds. */
  readonly totalMilliseconds: number;
}

/** A pass over all functions holds for a day. */
const listingEveryMilliseconds = 24 * 60 * 60_000;

/** A job, and the part of the run's time that is left to the jobs behind it. */
type Job = readonly [
  name: string,
  work: (run: Run, hasTimeLeft: () => boolean) => Promise<void>,
  leaves: number,
];

/**
 * The jobs in their order. A job ends when only the time of those behind it is left, so that neither a flood of calls nor a slow
 * topic keeps a later job from its turn.
 */
const jobs: readonly Job[] = [
  ['look at Layerwatch itself', lookAtItself, 0.95],
  ['list the accounts', nameAccounts, 0.95],
  ['finish notifications', finishPending, 0.78],
  ['finish exports', finishPendingExports, 0.73],
  ['send the digest of withheld notifications', sendWithheldDigest, 0.7],
  ['look through the event history', sweepEventHistory, 0.2],
  ['compare functions with their histories', compareHistories, 0.1],
  ['list the functions of member accounts', listMembers, 0],
  ['watch the forwarders', watchHeartbeats, 0],
  ['watch the self-test', watchScheduledSelftest, 0],
];

/** What a sweep does every ten minutes. One job that fails keeps none of the others from its work. Only one sweep works at a time. */
export async function sweep(dependencies: SweepDependencies, options: SweepOptions): Promise<void> {
  const { clock, observer, lease } = dependencies;
  const totalMilliseconds = options.remainingMilliseconds();
  const until = new Date(clock.now().getTime() + totalMilliseconds);
  if (!(await lease.acquire(until))) {
    observer.warn('another sweep is at work', {});
    return;
  }
  try {
    await runJobs({ dependencies, options, totalMilliseconds });
  } finally {
    await lease.release();
  }
}

async function runJobs(run: Run): Promise<void> {
  const failures: unknown[] = [];
  for (const [job, work, leaves] of jobs) {
    const hasTimeLeft = () => run.options.remainingMilliseconds() > run.totalMilliseconds * leaves;
    try {
      await work(run, hasTimeLeft);
    } catch (error) {
      run.dependencies.observer.warn('a job of the sweep failed', { job, error: errorMessage(error) });
      failures.push(error);
    }
  }
  if (failures.length > 0) throw new AggregateError(failures, `${failures.length} jobs of the sweep failed`);
}

function lookAtItself({ dependencies: { selfChecks, observer } }: Run): Promise<void> {
  return checkItself(selfChecks?.() ?? [], observer);
}

function nameAccounts({ dependencies, options }: Run): Promise<void> {
  return listAccounts(dependencies, options);
}

async function finishPending({ dependencies, options }: Run, hasTimeLeft: () => boolean): Promise<void> {
  await finishAlerts(dependencies, { ...options, hasTimeLeft });
}

function finishPendingExports({ dependencies }: Run, hasTimeLeft: () => boolean): Promise<void> {
  return finishExports(dependencies, { hasTimeLeft });
}

async function sendWithheldDigest({ dependencies, options }: Run): Promise<void> {
  await sendDigest(dependencies, options);
}

async function sweepEventHistory({ dependencies, options }: Run, hasTimeLeft: () => boolean): Promise<void> {
  const gaps = new GapReport(dependencies);
  const swept = await sweepEvents(dependencies, {
    ...options,
    hasTimeLeft,
    onGap: (gap) => gaps.report(gap),
  });
  const { records, missed, isFinished, failures } = swept;
  const details = { records, missed, isFinished, failures: failures.length };
  dependencies.observer.info('looked through the event history', details);
  if (isFinished) dependencies.observer.count(metric.sweepHeartbeat);
  if (failures.length > 0)
    throw new AggregateError(failures, `${failures.length} records could not be processed`);
}

/** Event names have marks of their own, which one outage leaves at nearly the same time: people are notified once of it. */
class GapReport {
  private reported: Span | undefined;

  constructor(private readonly dependencies: SweepDependencies) {}

  async report(gap: Span): Promise<void> {
    const isReported =
      this.reported !== undefined && gap.from.getTime() > this.reported.from.getTime() - 60_000;
    if (isReported) return;
    await this.dependencies.publisher.publish(gapNotification(gap));
    const minutes = Math.ceil((gap.to.getTime() - gap.from.getTime()) / 60_000);
    this.dependencies.observer.count(metric.sweepGapMinutes, minutes);
    this.reported = gap;
  }
}

async function compareHistories({ dependencies, options }: Run, hasTimeLeft: () => boolean): Promise<void> {
  const { listing, observer } = dependencies;
  const result = await compareFunctions(
    { ...dependencies, ...listing },
    { ...options, everyMilliseconds: listingEveryMilliseconds, hasTimeLeft },
  );
  if (result.outcome !== 'not-due') observer.info('functions compared with their histories', { ...result });
  if (result.seeded > 0) observer.count(metric.baselinesSeeded, result.seeded);
}

async function listMembers({ dependencies, options }: Run, hasTimeLeft: () => boolean): Promise<void> {
  const { members } = dependencies;
  if (members !== undefined)
    await listMemberFunctions({ ...dependencies, members }, { ...options, hasTimeLeft });
}

async function watchHeartbeats({ dependencies, options }: Run): Promise<void> {
  const { forwarders } = dependencies;
  if (forwarders !== undefined) await watchForwarders({ ...dependencies, forwarders }, options);
}

function watchScheduledSelftest({ dependencies }: Run): Promise<void> {
  return watchSelftest(dependencies);
}
