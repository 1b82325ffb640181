import type { Evidence } from '../evidence';
import {
  everyAlertHasItsMatches,
  everyMatchHasItsAlert,
  occurrencesAreDistinctRecords,
  timesAreThoseOfTheRecords,
} from './alerts';
import { budgetIsKept } from './budget';
import { lastSweepFinishes, noEventIsStuck } from './completion';
import { allNewsIsExported, nothingStaysUnexported, refusedExportsSayWhy } from './exports';
import { inOrderAllNewsIsPublished, inOrderNothingFails, inOrderRepeatsAreNotPublished } from './in-order';
import { nothingIsPublishedTwice, repeatsAreNotPublished } from './needless';
import { allNewsIsPublished, nothingStaysPending, nothingStaysWithheld } from './notifications';
import { sameAlertsAsInOrder, sameCountsAsInOrder, verdictInvariants } from './same-as-in-order';

/** What has to hold at the end of every seed. Answers with a sentence for each thing that does not. */
export interface Invariant {
  readonly name: string;
  /** Number of the law of the design that it holds. */
  readonly law: number;
  readonly check: (evidence: Evidence) => readonly string[];
}

export const invariants: readonly Invariant[] = [
  { name: 'in order: nothing fails', law: 1, check: inOrderNothingFails },
  { name: 'in order: all news is published', law: 4, check: inOrderAllNewsIsPublished },
  { name: 'in order: repeats are not published', law: 4, check: inOrderRepeatsAreNotPublished },
  { name: 'every match has its alert', law: 1, check: everyMatchHasItsAlert },
  { name: 'every alert has its matches', law: 1, check: everyAlertHasItsMatches },
  { name: 'occurrences are the distinct records', law: 2, check: occurrencesAreDistinctRecords },
  { name: 'times are those of the records', law: 8, check: timesAreThoseOfTheRecords },
  { name: 'all news is published', law: 4, check: allNewsIsPublished },
  { name: 'repeats are not published', law: 4, check: repeatsAreNotPublished },
  { name: 'nothing is published twice', law: 2, check: nothingIsPublishedTwice },
  { name: 'nothing stays pending', law: 1, check: nothingStaysPending },
  { name: 'nothing stays withheld', law: 1, check: nothingStaysWithheld },
  { name: 'nothing stays unexported', law: 1, check: nothingStaysUnexported },
  { name: 'no event is stuck', law: 1, check: noEventIsStuck },
  { name: 'the last sweep finishes', law: 9, check: lastSweepFinishes },
  { name: 'the budget is kept', law: 1, check: budgetIsKept },
  { name: 'all news is exported', law: 1, check: allNewsIsExported },
  { name: 'exports that are refused say why', law: 9, check: refusedExportsSayWhy },
  { name: 'same alerts as in order', law: 8, check: sameAlertsAsInOrder },
  { name: 'same counts as in order', law: 8, check: sameCountsAsInOrder },
  ...verdictInvariants,
];

export interface Violation {
  readonly invariant: Invariant;
  readonly messages: readonly string[];
}

export function violationsOf(evidence: Evidence): readonly Violation[] {
  return invariants
    .map((invariant) => ({ invariant, messages: invariant.check(evidence) }))
    .filter(({ messages }) => messages.length > 0);
}
