import { createHash } from 'node:crypto';
import {
  ConditionalCheckFailedException,
  type DynamoDBClient,
  GetItemCommand,
  UpdateItemCommand,
} from '@aws-sdk/client-dynamodb';
import { stateTable } from '../contract';
import { bands } from '../detection/band';
import type { DetectionSettings } from '../detection/settings';
import type { BudgetRequest, Clock, NotificationBudget } from '../ports';
import { type Item, number, string, stringSet } from './attributes';
import { stateSchemaVersion } from './state-items';
import { Update } from './update';

/** A live budget counts what people receive now; a replay's counts what they would have received then. */
export type BudgetTime = 'clock' | 'event';

/** One part in so many is kept for what must not be withheld behind noise. */
const reservedFraction = 5;

/** Rank of the lowest band that may use what is kept. */
const urgentRank = bands.indexOf('high') + 1;

/**
 * The notification budget: one item per window that lists who was granted. The list makes asking twice harmless, so a
 * retry after a crash spends nothing. A fifth is kept for high and critical alerts, for alerts that rise to a higher band,
 * and for actors that were not told of in the window.
 *
 * A window that refused once is read and not written by this process, because it cannot become free again: in a storm the
 * item takes as many writes as the budget and the processes are many, and one read of one unit for each further alert.
 */
export class DynamoDbNotificationBudget implements NotificationBudget {
  private refusedWindow: string | undefined;

  constructor(
    private readonly client: DynamoDBClient,
    private readonly tableName: string,
    private readonly budget: DetectionSettings['notificationBudget'],
    private readonly clock: Clock,
    private readonly time: BudgetTime,
  ) {}

  async reserve(request: BudgetRequest): Promise<boolean> {
    const window = this.windowOf(request);
    const key = { [stateTable.partitionKey]: string(window) };
    if (this.refusedWindow === window) {
      const known = await this.read(key);
      if (known.granted.has(grantKey(request))) return true;
      if (known.granted.size >= this.limitOf(request, known.actors)) return false;
    }
    const granted = await this.grant(key, request);
    if (!granted) this.refusedWindow = window;
    return granted;
  }

  private windowOf({ eventTime }: BudgetRequest): string {
    const length = this.budget.minutes * 60_000;
    const time = this.time === 'clock' ? this.clock.now() : eventTime;
    const start = Math.floor(time.getTime() / length) * length;
    return `budget#${new Date(start).toISOString()}#${this.budget.minutes}`;
  }

  private limitOf(request: BudgetRequest, actors: ReadonlySet<string>): number {
    const mayUseAll = isUrgent(request) || !actors.has(actorHash(request));
    return mayUseAll ? this.budget.count : this.unreservedLimit;
  }

  /** What anybody may use. */
  private get unreservedLimit(): number {
    return this.budget.count - Math.floor(this.budget.count / reservedFraction);
  }

  private async read(
    Key: Item,
  ): Promise<{ readonly granted: ReadonlySet<string>; readonly actors: ReadonlySet<string> }> {
    const input = { TableName: this.tableName, Key, ConsistentRead: true };
    const { Item = {} } = await this.client.send(new GetItemCommand(input));
    return { granted: new Set(Item['granted']?.SS), actors: new Set(Item['actors']?.SS) };
  }

  private async grant(key: Item, request: BudgetRequest): Promise<boolean> {
    try {
      await this.client.send(new UpdateItemCommand(this.update(request).input(this.tableName, key)));
      return true;
    } catch (error) {
      if (error instanceof ConditionalCheckFailedException) return false;
      throw error;
    }
  }

  private update(request: BudgetRequest): Update {
    const [holder, actor] = [grantKey(request), actorHash(request)];
    const update = new Update();
    const [granted, actors] = [update.name('granted'), update.name('actors')];
    const isBelow = (limit: number) => `size(${granted}) < ${update.value(number(limit))}`;
    const day = 86_400;
    return update
      .set({
        [stateTable.expiresAtAttribute]: number(Math.floor(this.clock.now().getTime() / 1000) + day),
        schemaVersion: number(stateSchemaVersion),
      })
      .add('granted', stringSet([holder]))
      .add('actors', stringSet([actor]))
      .when(
        [
          `attribute_not_exists(${granted})`,
          `contains(${granted}, ${update.value(string(holder))})`,
          ...(isUrgent(request)
            ? [isBelow(this.budget.count)]
            : [
                isBelow(this.unreservedLimit),
                `(NOT contains(${actors}, ${update.value(string(actor))}) AND ${isBelow(this.budget.count)})`,
              ]),
        ].join(' OR '),
      );
  }
}

function isUrgent({ rank, rose }: BudgetRequest): boolean {
  return rank >= urgentRank || rose;
}

function grantKey({ alertId, rank }: BudgetRequest): string {
  return hash(`${alertId} ${rank}`);
}

function actorHash({ actor }: BudgetRequest): string {
  return hash(actor);
}

function hash(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 16);
}
