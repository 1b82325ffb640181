import { metric } from '../contract';
import { gapNotification } from '../notification/gap';
import type { SelftestProgressStore } from '../selftest/ports';
import { listAccounts } from './account-names';
import { type SeedPorts, seedBaselines } from './baselines';
import { type SweepOptions, type SweepPorts, sweepEvents } from './event-history';
import { type MemberSweepPorts, sweepMembers } from './member-accounts';
import { finishNotifications } from './pending-notifications';
import type { AccountLister, UndeliveredAlerts } from './ports';
import { watchSelftest } from './selftest-watchdog';
import { sendDigest } from './withheld-digest';

export interface SweepDependencies extends SweepPorts {
  /** Absent where member accounts let nobody read. */
  readonly members?: MemberSweepPorts['members'];
  readonly undelivered: UndeliveredAlerts;
  readonly seed: Pick<SeedPorts, 'functions' | 'progress'>;
  /** Absent where the configuration does not let the accounts be read. */
  readonly accounts?: AccountLister | undefined;
  /** Absent where no self-test is scheduled. */
  readonly selftest?: SelftestProgressStore | undefined;
}

/** A pass over all functions holds for a day. */
const seedEveryMilliseconds = 24 * 60 * 60_000;

/**
 * What a sweep does every ten minutes: finish what is pending, tell of what was withheld, look through the event history,
 * compare baselines. One job that fails keeps none of the others from its work.
 */
export async function sweep(ports: SweepDependencies, options: SweepOptions): Promise<void> {
  const failures: unknown[] = [];
  for (const [name, job] of jobs) {
    await job(ports, options).catch((error: unknown) => {
      ports.observer.warn('a job of the sweep failed', { job: name, error: String(error) });
      failures.push(error);
    });
  }
  if (failures.length > 0) throw new AggregateError(failures, `${failures.length} jobs of the sweep failed`);
}

const jobs = [
  ['list the accounts', listAccounts],
  ['finish pending notifications', retryPendingNotifications],
  ['tell of withheld notifications', sendWithheldDigest],
  ['look through the event history', sweepEventHistory],
  ['compare baselines', compareBaselines],
  ['look through the member accounts', sweepMembers],
  ['watch the self-test', watchSelftest],
] as const;

async function retryPendingNotifications(ports: SweepDependencies, options: SweepOptions): Promise<void> {
  await finishNotifications(ports.undelivered, ports, options);
}

async function sendWithheldDigest(ports: SweepDependencies, { alertTable }: SweepOptions): Promise<void> {
  await sendDigest(ports, alertTable);
}

async function sweepEventHistory(ports: SweepDependencies, options: SweepOptions): Promise<void> {
  const { records, missed, gap, finished } = await sweepEvents(ports, options);
  if (gap !== undefined) {
    const minutes = Math.ceil((gap.to.getTime() - gap.from.getTime()) / 60_000);
    ports.observer.count(metric.sweepGapMinutes, minutes);
    await ports.publisher.publish(gapNotification(gap));
  }
  ports.observer.info('looked through the event history', { records, missed, finished });
  if (finished) ports.observer.count(metric.sweepHeartbeat);
}

async function compareBaselines(ports: SweepDependencies, { hasTimeLeft }: SweepOptions): Promise<void> {
  const { memory, clock, observer, seed } = ports;
  const done = await seedBaselines(
    { memory, clock, observer, ...seed },
    { everyMilliseconds: seedEveryMilliseconds, hasTimeLeft },
  );
  if (done.outcome !== 'not-due') observer.info('baselines compared with all functions', { ...done });
  if (done.seeded > 0) observer.count(metric.baselinesSeeded, done.seeded);
}
