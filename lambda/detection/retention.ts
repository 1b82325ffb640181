/** How long what is remembered is kept, wherever it is stored; seen entities are kept as long as alerts, by `retentionDays`. */
export const retention = {
  /** A function that was deleted and whose name nobody took again needs no history for longer. */
  deletedFunctionDays: 30,
  /** Longer than the 14 days that an event may wait in a queue. */
  deniedDays: 20,
  /** An account that was not listed for so long has left the organization. */
  accountDays: 8,
  /** A window of the notification budget is at most a day long and asked for no later than that. */
  budgetDays: 1,
} as const;

/** Denied attempts that are listed for an actor and a day; beyond that the exact number says nothing more. */
export const maxDeniedAttempts = 200;

/** Seconds since the epoch. */
export function daysAfter(now: Date, days: number): number {
  return secondsOf(now) + days * 86_400;
}

/** Whole seconds since the epoch, as times to live are written. */
export function secondsOf(time: Date): number {
  return Math.floor(time.getTime() / 1_000);
}
