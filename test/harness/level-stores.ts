import { itemKey } from '../../cli/embedded/item-key';
import { LevelAlertStore } from '../../cli/embedded/level-alert-store';
import type { LevelDatabase } from '../../cli/embedded/level-database';
import { LevelNotificationBudget } from '../../cli/embedded/level-notification-budget';
import { LevelStateStore } from '../../cli/embedded/level-state-store';
import { openDatabase } from '../../cli/embedded/open-database';
import type { Clock } from '../../lambda/ports';
import type {
  SeedProgress,
  SeedProgressStore,
  SweepLease,
  SweepMark,
  SweepProgressStore,
} from '../../lambda/sweep/ports';
import { closeAfterwards } from './open-resources';
import { defaultRetentionDays, type OpenedStores, type Stores } from './stores';

/** Opens the embedded database of a replay, in memory or in a folder, until the test is over. */
export async function openLevelStores(directory?: string): Promise<OpenedStores> {
  const database = await openDatabase(directory);
  return {
    stores: (clock, retentionDays) => levelStores(database, clock, retentionDays),
    close: closeAfterwards(() => database.close()),
  };
}

function levelStores(database: LevelDatabase, clock: Clock, retentionDays = defaultRetentionDays): Stores {
  const alerts = new LevelAlertStore(database, clock);
  return {
    alerts,
    state: new LevelStateStore(database, retentionDays, clock),
    undelivered: alerts,
    budget: (budget) => new LevelNotificationBudget(database, budget, clock),
    seedProgress: seedProgressIn(database),
    sweepProgress: sweepProgressIn(database),
    sweepLease: (token) => sweepLeaseIn(database, clock, token),
  };
}

/** A replay does not sweep, so only tests have these. */
function seedProgressIn(database: LevelDatabase): SeedProgressStore {
  const key = itemKey('seed-progress');
  return {
    read: async () => database.read<SeedProgress>(key),
    write: async (value) => void (await database.change(() => ({ put: [[key, { value }]] }))),
  };
}

function sweepProgressIn(database: LevelDatabase): SweepProgressStore {
  const key = itemKey('sweep-progress');
  return {
    read: async (names) => {
      const marks = new Map(database.read<readonly (readonly [string, SweepMark])[]>(key));
      return new Map(
        names.flatMap((name) => (marks.has(name) ? [[name, marks.get(name) as SweepMark]] : [])),
      );
    },
    write: async (marks) => void (await database.change(() => ({ put: [[key, { value: [...marks] }]] }))),
  };
}

interface HeldLease {
  readonly token: string;
  readonly untilMilliseconds: number;
}

function sweepLeaseIn(database: LevelDatabase, clock: Clock, token: string): SweepLease {
  const key = itemKey('sweep-lease');
  const held = () => database.read<HeldLease>(key);
  const put = (untilMilliseconds: number) => ({
    put: [[key, { value: { token, untilMilliseconds } }] as const],
  });
  const isFree = (lease: HeldLease | undefined) =>
    lease === undefined || lease.untilMilliseconds <= clock.now().getTime() || lease.token === token;
  return {
    acquire: async (until) =>
      (await database.change(() => (isFree(held()) ? put(until.getTime()) : undefined))) === 'written',
    release: async () => void (await database.change(() => (held()?.token === token ? put(0) : undefined))),
  };
}
