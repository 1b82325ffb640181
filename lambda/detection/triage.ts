import type { AlertStatus } from './finding-document';

/** What a person, or Layerwatch on a person's behalf, did with an alert. */
export const triageActions = [
  'acknowledge',
  'close',
  'reopen',
  'restore',
  'delete-layer',
  'assign',
  'unassign',
] as const;
export type TriageAction = (typeof triageActions)[number];

/** What decides about the status of an alert. */
export type Decision = Extract<TriageAction, 'acknowledge' | 'close' | 'reopen'>;

/** One entry of an alert's history, kept in its item. */
export interface TriageEntry {
  /** ISO 8601 UTC. */
  readonly at: string;
  /** ARN of the caller as STS names it; `layerwatch` where the detector opened the alert again, because there was news. */
  readonly by: string;
  readonly action: TriageAction;
  /** Why, or what came of it; of `assign` the person. */
  readonly reason?: string;
}

/** Entries that an item keeps; the oldest go first, so that a history never fills an item. */
export const maxHistoryEntries = 100;

/** UTF-16 units of a reason. */
export const maxReasonLength = 1_000;

/** The triage state of an alert as it was read. */
export interface Triaged {
  readonly status: AlertStatus;
  /** Oldest first. */
  readonly history: readonly TriageEntry[];
}

export type Transition =
  | { readonly kind: 'to'; readonly status: AlertStatus }
  /** Why it makes no sense now. */
  | { readonly kind: 'refused'; readonly reason: string };

/** The status after an action. What restores, deletes or assigns is noted and leaves the decision to people. */
export function transitionOf({ status, history }: Triaged, action: TriageAction): Transition {
  const last = history.at(-1);
  const byWhom = last === undefined ? '' : `, last changed by ${last.by} at ${last.at}`;
  switch (action) {
    case 'acknowledge':
      if (status === 'open') return { kind: 'to', status: 'acknowledged' };
      return { kind: 'refused', reason: `it is ${status} already${byWhom}` };
    case 'close':
      if (status !== 'closed') return { kind: 'to', status: 'closed' };
      return { kind: 'refused', reason: `it is closed already${byWhom}` };
    case 'reopen':
      if (status !== 'open') return { kind: 'to', status: 'open' };
      return { kind: 'refused', reason: `it is open${byWhom}` };
    case 'restore':
    case 'delete-layer':
    case 'assign':
    case 'unassign':
      return { kind: 'to', status };
  }
}

/** Who works on the alert; `undefined` where nobody was named. */
export function assigneeOf({ history }: Pick<Triaged, 'history'>): string | undefined {
  const last = history.findLast(({ action }) => action === 'assign' || action === 'unassign');
  return last?.action === 'assign' ? last.reason : undefined;
}

/** The history with one more entry, at its length. */
export function withEntry(history: readonly TriageEntry[], entry: TriageEntry): readonly TriageEntry[] {
  const reason = entry.reason?.slice(0, maxReasonLength);
  const kept = reason === undefined ? entry : { ...entry, reason };
  return [...history, kept].slice(-maxHistoryEntries);
}

/** What an exported finding reports: a new alert, more records of it, or that it was closed. */
export type Activity = 'create' | 'update' | 'close';
