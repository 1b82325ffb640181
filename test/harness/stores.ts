import type { DetectionSettings } from '../../lambda/detection/settings';
import type {
  AlertStore,
  Clock,
  NotificationBudget,
  StateStore,
  UndeliveredAlerts,
} from '../../lambda/ports';
import type { SeedProgressStore, SweepLease, SweepProgressStore } from '../../lambda/sweep/ports';

/** The stores of one deployment, whatever they stand on. */
export interface Stores {
  readonly alerts: AlertStore;
  readonly state: StateStore;
  readonly undelivered: UndeliveredAlerts;
  readonly budget: (budget: DetectionSettings['notificationBudget']) => NotificationBudget;
  readonly seedProgress: SeedProgressStore;
  readonly sweepProgress: SweepProgressStore;
  readonly sweepLease: (token: string) => SweepLease;
}

/** A database that was opened for a test. */
export interface OpenedStores {
  /** One more process on the same data. `retentionDays` is how long a seen entity is remembered. */
  readonly stores: (clock: Clock, retentionDays?: number) => Stores;
  readonly close: () => Promise<void>;
}

export const defaultRetentionDays = 400;
