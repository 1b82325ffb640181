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
  /** Whether no layer change by the actor is known from before. */
  readonly isNewActor: boolean;
  /** The caller's account, whose budget it is; `undefined` where all accounts share one. */
  readonly account: string | undefined;
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

/** One part in so many is reserved for what must not be withheld behind noise. */
const reservedFraction = 5;

/** The lowest severity that may use what is reserved. */
const urgentBand: Band = 'high';

/** How many notifications a window may have had before one more is granted. */
export interface BudgetLimits {
  /** What high alerts may use, and alerts that people were notified of before. */
  readonly urgent: number;
  /** What actors may use once in the window of whom no earlier layer change is known; noise of known actors leaves it. */
  readonly newActor: number;
  /** What actors may use once in the window. */
  readonly firstOfActor: number;
  /** What anybody may use. */
  readonly unreserved: number;
}

export function budgetLimits({ count }: DetectionSettings['notificationBudget']): BudgetLimits {
  return {
    urgent: count,
    newActor: count - Math.floor(count / (4 * reservedFraction)),
    firstOfActor: count - Math.floor(count / (2 * reservedFraction)),
    unreserved: count - Math.floor(count / reservedFraction),
  };
}

/** The limit that a request is measured by. */
export function limitOf(request: BudgetRequest, actors: ReadonlySet<string>, limits: BudgetLimits): number {
  if (isUrgent(request)) return limits.urgent;
  if (actors.has(actorHash(request))) return limits.unreserved;
  return limitOfFirst(request, limits);
}

/** The limit of an actor whom nobody was notified of in the window. */
export function limitOfFirst({ isNewActor }: BudgetRequest, limits: BudgetLimits): number {
  return isNewActor ? limits.newActor : limits.firstOfActor;
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

/** Name of the window of a time; windows of other accounts, and of budgets of another length, have other names. */
export function budgetWindow(
  time: Date,
  { account }: Pick<BudgetRequest, 'account'>,
  { minutes }: DetectionSettings['notificationBudget'],
): string {
  const length = minutes * 60_000;
  const start = Math.floor(time.getTime() / length) * length;
  return `${account === undefined ? '' : `${account}#`}${new Date(start).toISOString()}#${minutes}`;
}

/** In an organization each account has a budget of its own, so that the noise of one withholds nothing of another. */
export function budgetAccount(
  account: string | null | undefined,
  { organization }: Pick<DetectionSettings, 'organization'>,
): string | undefined {
  if (organization === undefined) return undefined;
  return /^\d{12}$/.test(account ?? '') ? (account ?? undefined) : 'unknown';
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
