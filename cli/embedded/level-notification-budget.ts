import {
  actorHash,
  type BudgetRequest,
  budgetLimits,
  budgetWindow,
  grantKey,
  isGranted,
} from '../../lambda/detection/notification-budget';
import { daysAfter, retention } from '../../lambda/detection/retention';
import type { DetectionSettings } from '../../lambda/detection/settings';
import type { Clock, NotificationBudget } from '../../lambda/ports';
import { itemKey } from './item-key';
import type { LevelDatabase } from './level-database';

interface Window {
  readonly granted: readonly string[];
  readonly actors: readonly string[];
}

/** The notification budget of a replay: its windows are of the times of the events, so that they are what people would have received then. */
export class LevelNotificationBudget implements NotificationBudget {
  constructor(
    private readonly database: LevelDatabase,
    private readonly budget: DetectionSettings['notificationBudget'],
    private readonly clock: Clock,
  ) {}

  async reserve(request: BudgetRequest): Promise<boolean> {
    if (request.band === 'critical') return true;
    const key = itemKey('budget', budgetWindow(request.eventTime, request, this.budget));
    let isReserved = false;
    await this.database.change(() => {
      const { granted, actors } = this.database.read<Window>(key, this.clock) ?? { granted: [], actors: [] };
      const use = { granted: new Set(granted), actors: new Set(actors) };
      isReserved = isGranted(request, use, budgetLimits(this.budget));
      if (!isReserved) return undefined;
      const value: Window = {
        granted: [...use.granted.add(grantKey(request))],
        actors: [...use.actors.add(actorHash(request))],
      };
      return { put: [[key, { value, expiresAtSeconds: daysAfter(this.clock.now(), retention.budgetDays) }]] };
    });
    return isReserved;
  }
}
