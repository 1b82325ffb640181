import type { Evidence, Message } from '../evidence';
import { groupBy } from '../group-by';
import type { AlertState } from '../product';
import { callsByAlert, describeCalls, isEarlierOnFunction, maxListedRecords, mayBeNews } from '../truth';
import type { Call } from '../world/calls';
import { recordIdOf } from '../world/records';
import { lostNotesOf } from './lost-notes';

/** Law 4: what changed nothing is no news. */
export function repeatsAreNotPublished(evidence: Evidence): readonly string[] {
  return needlessOf(evidence).flatMap(({ isRepeat, text }) => (isRepeat ? [text] : []));
}

/** Law 2: a notification comes twice only where SNS accepted it and the note of that was lost. */
export function nothingIsPublishedTwice(evidence: Evidence): readonly string[] {
  return needlessOf(evidence).flatMap(({ isRepeat, text }) => (isRepeat ? [] : [text]));
}

/** One notification of an alert. */
interface Sent {
  readonly message: Message;
  readonly state: AlertState;
}

interface Needless {
  /** Whether it counts a record more than the ones before. */
  readonly isRepeat: boolean;
  readonly text: string;
}

/** Notifications for which there was no reason. */
function needlessOf(evidence: Evidence): readonly Needless[] {
  const byAlert = callsByAlert(evidence);
  const lostNotes = lostNotesOf(evidence);
  const sent = evidence.messages.flatMap((message) =>
    message.content.kind === 'alert' ? [{ message, state: message.content.state }] : [],
  );
  return [...groupBy(sent, ({ state }) => state.alertId)].flatMap(([alertId, all]) =>
    needlessOfAlert(all, byAlert.get(alertId) ?? [], lostNotes, evidence),
  );
}

function needlessOfAlert(
  sent: readonly Sent[],
  calls: readonly Call[],
  lostNotes: ReadonlySet<string>,
  evidence: Evidence,
): readonly Needless[] {
  let lost = 0;
  return sent.flatMap((current, index) => {
    const before = sent.slice(0, index);
    const fresh = calls.filter((call) => isFirstListedBy(call, current, before));
    const hasReason =
      fresh.some((call) => mayBeNews(call, evidence)) ||
      isRise(current, before) ||
      hasLateCause(current, before, calls, evidence);
    const isExcused = !hasReason && lost > 0;
    if (isExcused) lost--;
    if (lostNotes.has(current.message.request)) lost++;
    return hasReason || isExcused
      ? []
      : [{ isRepeat: fresh.length > 0, text: describe(current, index, calls) }];
  });
}

function describe({ message, state }: Sent, index: number, calls: readonly Call[]): string {
  const { request } = message;
  return `alert ${state.alertId.slice(0, 8)}: notification ${index + 1} by ${request} for ${describeCalls(calls)}`;
}

function isFirstListedBy(call: Call, current: Sent, before: readonly Sent[]): boolean {
  return (
    isListed(call, current.state) && !before.some(({ state }) => state.recordIds.includes(recordIdOf(call)))
  );
}

/** Of more records than a document lists, any may be there. */
function isListed(call: Call, { recordIds, occurrences }: AlertState): boolean {
  return occurrences > maxListedRecords || recordIds.includes(recordIdOf(call));
}

const severities: readonly string[] = ['low', 'medium', 'high', 'critical'];

/** Whether it is of a higher severity than all before it. */
function isRise({ state }: Sent, before: readonly Sent[]): boolean {
  const rank = severities.indexOf(state.severity);
  return before.length > 0 && before.every((other) => severities.indexOf(other.state.severity) < rank);
}

/** Whether a call that came late, or a list of functions, made news of a record that had been published before. */
function hasLateCause(
  { message, state }: Sent,
  before: readonly Sent[],
  calls: readonly Call[],
  { scenario, handled, listings }: Evidence,
): boolean {
  const previous = before.at(-1)?.message.time;
  if (previous === undefined) return false;
  const listed = calls.filter((call) => isListed(call, state));
  const spansOf = ({ id }: Call) => handled.get(id)?.spans ?? [];
  const open = listed.flatMap(spansOf).filter((span) => span.from <= previous && span.to >= previous);
  const from = Math.min(previous, ...open.map((span) => span.from));
  if (listings.some(({ time }) => time >= from && time <= message.time)) return true;
  return scenario.calls.some(
    (other) =>
      !calls.includes(other) &&
      (handled.get(other.id)?.done ?? 0) >= from &&
      spansOf(other).some((span) => span.from <= message.time && span.to >= from) &&
      listed.some((call) => isEarlierOnFunction(other, call)),
  );
}
