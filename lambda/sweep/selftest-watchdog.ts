import { metric } from '../contract';
import type { Clock, Observer } from '../ports';
import type { SelftestProgressStore } from '../selftest/ports';

interface WatchPorts {
  readonly clock: Clock;
  readonly observer: Observer;
  readonly selftest?: SelftestProgressStore | undefined;
}

/** A day more than a week: one run that fails alarms by itself, a schedule that does not run is reported by this. */
const overdueMilliseconds = 8 * 24 * 60 * 60_000;

/** Counts a self-test that has not passed for longer than its schedule allows; a first deployment has as long. */
export async function watchSelftest({ clock, observer, selftest }: WatchPorts): Promise<void> {
  if (selftest === undefined) return;
  const now = clock.now();
  const passedAt = await selftest.read();
  if (passedAt === undefined) return selftest.write(now.toISOString());
  if (now.getTime() - Date.parse(passedAt) > overdueMilliseconds) observer.count(metric.selftestOverdue);
}
