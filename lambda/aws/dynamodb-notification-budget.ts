import { createHash } from 'node:crypto';
import {
  ConditionalCheckFailedException,
  type DynamoDBClient,
  UpdateItemCommand,
} from '@aws-sdk/client-dynamodb';
import { stateTable } from '../contract';
import type { DetectionSettings } from '../detection/settings';
import type { Clock, NotificationBudget } from '../ports';
import { number, string, stringSet } from './attributes';
import { Update } from './update';

/** A live budget counts what people receive now; a replay's counts what they would have received then. */
export type BudgetTime = 'clock' | 'event';

/**
 * The notification budget: one item per window that lists who was granted. The list makes asking twice harmless, so a
 * retry after a crash spends nothing.
 */
export class DynamoDbNotificationBudget implements NotificationBudget {
  constructor(
    private readonly client: DynamoDBClient,
    private readonly tableName: string,
    private readonly budget: DetectionSettings['notificationBudget'],
    private readonly clock: Clock,
    private readonly time: BudgetTime,
  ) {}

  async reserve(request: Parameters<NotificationBudget['reserve']>[0]): Promise<boolean> {
    const length = this.budget.minutes * 60_000;
    const time = this.time === 'clock' ? this.clock.now() : request.eventTime;
    const start = Math.floor(time.getTime() / length) * length;
    const key = {
      [stateTable.partitionKey]: string(`budget#${new Date(start).toISOString()}#${this.budget.minutes}`),
    };
    try {
      await this.client.send(new UpdateItemCommand(this.grant(request).input(this.tableName, key)));
      return true;
    } catch (error) {
      if (error instanceof ConditionalCheckFailedException) return false;
      throw error;
    }
  }

  private grant({ alertId, rank }: Parameters<NotificationBudget['reserve']>[0]): Update {
    const holder = createHash('sha256').update(`${alertId} ${rank}`).digest('hex').slice(0, 16);
    const update = new Update();
    const granted = update.name('granted');
    const day = 86_400;
    return update
      .set({ [stateTable.expiresAtAttribute]: number(Math.floor(this.clock.now().getTime() / 1000) + day) })
      .add('granted', stringSet([holder]))
      .when(
        [
          `attribute_not_exists(${granted})`,
          `contains(${granted}, ${update.value(string(holder))})`,
          `size(${granted}) < ${update.value(number(this.budget.count))}`,
        ].join(' OR '),
      );
  }
}
