import type { Band } from '../../lambda/detection/band';
import type { ChangeKind } from '../../lambda/detection/finding-document';
import type { DetectionSettings } from '../../lambda/detection/settings';

/** What is wanted of one delivery of one record. */
export interface Step {
  readonly record: unknown;
  /** Whether somebody is to be told of it. */
  readonly told: boolean;
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

/** Somebody is to be told. */
export function told(record: unknown, change: ChangeKind, band?: Band): Step {
  return { record, told: true, change, band };
}

/** A match that is stored and that nobody is told of. */
export function stored(record: unknown, change: ChangeKind, band?: Band): Step {
  return { record, told: false, change, band };
}

/** No match, or counted before. */
export function nothing(record: unknown): Step {
  return { record, told: false };
}
