import { createHash } from 'node:crypto';
import { type DynamoDBClient, GetItemCommand, UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import { stateTable } from '../contract';
import { type Band, isAtLeast } from '../detection/band';
import type { DetectionSettings } from '../detection/settings';
import type { BudgetRequest, Clock, NotificationBudget } from '../ports';
import { type Item, number, string } from './attributes';
import { conditionalWrite } from './conditional-write';
import { stateSchemaVersion } from './state-items';
import { Update } from './update';

/** A live budget counts what people receive now; a replay's counts what they would have received then. */
export type BudgetTime = 'clock' | 'event';

/** One part in so many is reserved for what must not be withheld behind noise: half of it for urgent alerts alone. */
const reservedFraction = 5;

/** The lowest severity that may use what is reserved. */
const urgentBand: Band = 'high';

/**
 * The notification budget: one item per window that lists who was granted. The list makes asking twice harmless, so a
 * retry after a crash spends nothing. Critical alerts need no grant. A fifth is reserved for high ones, for alerts that people
 * were notified of before, and for actors that nobody was notified of in the window.
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
    if (request.band === 'critical') return true;
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
    if (isUrgent(request)) return this.budget.count;
    return actors.has(actorHash(request)) ? this.unreservedLimit : this.newActorLimit;
  }

  /** What actors may use whom nobody was notified of in the window. */
  private get newActorLimit(): number {
    return this.budget.count - Math.floor(this.budget.count / (2 * reservedFraction));
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
    const input = this.update(request).input(this.tableName, key);
    return (await conditionalWrite(this.client.send(new UpdateItemCommand(input)))) === 'written';
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
      .add('granted', { SS: [holder] })
      .add('actors', { SS: [actor] })
      .when(
        [
          `attribute_not_exists(${granted})`,
          `contains(${granted}, ${update.value(string(holder))})`,
          ...(isUrgent(request)
            ? [isBelow(this.budget.count)]
            : [
                isBelow(this.unreservedLimit),
                `(NOT contains(${actors}, ${update.value(string(actor))}) AND ${isBelow(this.newActorLimit)})`,
              ]),
        ].join(' OR '),
      );
  }
}

function isUrgent({ band, previouslyNotified }: BudgetRequest): boolean {
  return isAtLeast(band, urgentBand) || previouslyNotified;
}

function grantKey({ alertId, recordId }: BudgetRequest): string {
  return hash(`${alertId} ${recordId}`);
}

function actorHash({ actor }: BudgetRequest): string {
  return hash(actor);
}

function hash(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 16);
}
