import type { Band } from '../../lambda/detection/band';
import type { ChangeKind } from '../../lambda/detection/change-kinds';
import type { DetectionSettings } from '../../lambda/detection/settings';

/** What is wanted of one delivery of one record. */
export interface Step {
  readonly record: unknown;
  /** Whether it notifies. */
  readonly notified: boolean;
  /** What the call did; `undefined` where the record is no match or was counted before. */
  readonly change?: ChangeKind | undefined;
  readonly band?: Band | undefined;
}

/** Records in the order of their delivery, each with the verdict that is wanted. */
export interface Story {
  /** One sentence: what happens. */
  readonly name: string;
  readonly kind: 'attack' | 'benign';
  readonly settings?: Partial<DetectionSettings>;
  readonly steps: readonly Step[];
  /** Stories of the README's risk table: the last step's score is shown. */
  readonly inRiskTable?: true;
}

/** It notifies. */
export function notified(record: unknown, change: ChangeKind, band?: Band): Step {
  return { record, notified: true, change, band };
}

/** A match that is stored and does not notify. */
export function recorded(record: unknown, change: ChangeKind, band?: Band): Step {
  return { record, notified: false, change, band };
}

/** No match, or counted before. */
export function noAlert(record: unknown): Step {
  return { record, notified: false };
}
