import { type DynamoDBClient, GetItemCommand, UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import { stateTable } from '../contract';
import {
  actorHash,
  type BudgetLimits,
  type BudgetRequest,
  type BudgetUse,
  budgetLimits,
  budgetWindow,
  grantKey,
  isGranted,
  isUrgent,
  limitOfFirst,
} from '../detection/notification-budget';
import { daysAfter, retention } from '../detection/retention';
import type { DetectionSettings } from '../detection/settings';
import type { Clock, NotificationBudget } from '../ports';
import { type Item, number, string } from './attributes';
import { conditionalWrite } from './conditional-write';
import { stateSchemaVersion } from './state-items';
import { Update } from './update';

/** A live budget counts what people receive now; a replay's counts what they would have received then. */
export type BudgetTime = 'clock' | 'event';

/** Windows that are remembered as spent; beyond it each is found out again by one write. */
const maxRefusedWindows = 1_000;

/**
 * The notification budget: one item per window that lists who was granted. The list makes asking twice harmless, so a
 * retry after a crash spends nothing. Critical alerts need no grant. A fifth is reserved for high ones, for alerts that people
 * were notified of before, and for the first notification of an actor in the window.
 *
 * A window that refused once is read and not written by this process, because it cannot become free again: in a storm the
 * item takes as many writes as the budget and the processes are many, and one read of one unit for each further alert.
 */
export class DynamoDbNotificationBudget implements NotificationBudget {
  private readonly refusedWindows = new Set<string>();
  private readonly limits: BudgetLimits;

  constructor(
    private readonly client: DynamoDBClient,
    private readonly tableName: string,
    private readonly budget: DetectionSettings['notificationBudget'],
    private readonly clock: Clock,
    private readonly time: BudgetTime,
  ) {
    this.limits = budgetLimits(budget);
  }

  async reserve(request: BudgetRequest): Promise<boolean> {
    if (request.band === 'critical') return true;
    const window = this.windowOf(request);
    const key = { [stateTable.partitionKey]: string(window) };
    if (this.refusedWindows.has(window)) {
      const use = await this.read(key);
      if (use.granted.has(grantKey(request))) return true;
      if (!isGranted(request, use, this.limits)) return false;
    }
    const granted = await this.grant(key, request);
    if (!granted) this.noteRefused(window);
    return granted;
  }

  private noteRefused(window: string): void {
    if (this.refusedWindows.size >= maxRefusedWindows) this.refusedWindows.clear();
    this.refusedWindows.add(window);
  }

  private windowOf(request: BudgetRequest): string {
    const time = this.time === 'clock' ? this.clock.now() : request.eventTime;
    return `budget#${budgetWindow(time, request, this.budget)}`;
  }

  private async read(Key: Item): Promise<BudgetUse> {
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
    return update
      .set({
        [stateTable.expiresAtAttribute]: number(daysAfter(this.clock.now(), retention.budgetDays)),
        schemaVersion: number(stateSchemaVersion),
      })
      .add('granted', { SS: [holder] })
      .add('actors', { SS: [actor] })
      .when(
        [
          `attribute_not_exists(${granted})`,
          `contains(${granted}, ${update.value(string(holder))})`,
          ...(isUrgent(request)
            ? [isBelow(this.limits.urgent)]
            : [
                isBelow(this.limits.unreserved),
                `(NOT contains(${actors}, ${update.value(string(actor))}) AND ${isBelow(limitOfFirst(request, this.limits))})`,
              ]),
        ].join(' OR '),
      );
  }
}
