import { createHash } from 'node:crypto';
import { type Band, isAtLeast } from './band';
import type { AlertId } from './brands';
import type { DetectionSettings } from './settings';

/** One notification that wants a place in the budget. */
export interface BudgetRequest {
  readonly alertId: AlertId;
  readonly recordId: string;
  readonly band: Band;
  readonly eventTime: Date;
  readonly actor: string;
  /** Whether people were notified of the alert before. */
  readonly previouslyNotified: boolean;
}

/** What was granted in a window, as hashes of bounded length: names in records may be as long as they like. */
export interface BudgetUse {
  /** See `grantKey`. */
  readonly granted: ReadonlySet<string>;
  /** See `actorHash`. */
  readonly actors: ReadonlySet<string>;
}

/** One part in so many is reserved for what must not be withheld behind noise: half of it for urgent alerts alone. */
const reservedFraction = 5;

/** The lowest severity that may use what is reserved. */
const urgentBand: Band = 'high';

/** How many notifications a window may have had before one more is granted. */
export interface BudgetLimits {
  /** What high alerts may use, and alerts that people were notified of before. */
  readonly urgent: number;
  /** What actors may use whom nobody was notified of in the window. */
  readonly newActor: number;
  /** What anybody may use. */
  readonly unreserved: number;
}

export function budgetLimits({ count }: DetectionSettings['notificationBudget']): BudgetLimits {
  return {
    urgent: count,
    newActor: count - Math.floor(count / (2 * reservedFraction)),
    unreserved: count - Math.floor(count / reservedFraction),
  };
}

/** The limit that a request is measured by. */
export function limitOf(request: BudgetRequest, actors: ReadonlySet<string>, limits: BudgetLimits): number {
  if (isUrgent(request)) return limits.urgent;
  return actors.has(actorHash(request)) ? limits.unreserved : limits.newActor;
}

export function isUrgent({ band, previouslyNotified }: BudgetRequest): boolean {
  return isAtLeast(band, urgentBand) || previouslyNotified;
}

/** Whether a request is granted in a window with this use. Asking twice for the same record spends once. */
export function isGranted(
  request: BudgetRequest,
  { granted, actors }: BudgetUse,
  limits: BudgetLimits,
): boolean {
  return granted.has(grantKey(request)) || granted.size < limitOf(request, actors, limits);
}

/** Name of the window of a time; windows of budgets of another length have other names. */
export function budgetWindow(time: Date, { minutes }: DetectionSettings['notificationBudget']): string {
  const length = minutes * 60_000;
  const start = Math.floor(time.getTime() / length) * length;
  return `${new Date(start).toISOString()}#${minutes}`;
}

export function grantKey({ alertId, recordId }: BudgetRequest): string {
  return hash(`${alertId} ${recordId}`);
}

export function actorHash({ actor }: BudgetRequest): string {
  return hash(actor);
}

function hash(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 16);
}
