import type { Evidence, Message } from '../evidence';
import { groupBy } from '../group-by';
import type { AlertState } from '../product';
import { callsByAlert, describeCall, describeCalls, isNews, maxListedRecords, mayBeNews } from '../truth';
import { recordIdOf } from '../world/records';
import { lostNotesOf } from './lost-notes';

/** Law 4: every attach, published version and hidden call is named by a notification or by a digest. */
export function allNewsIsPublished({ scenario, messages, inOrder }: Evidence): readonly string[] {
  const named = messages.flatMap((message) => statesOf(message));
  return scenario.calls
    .filter(isNews)
    .filter((call) => !named.some((state) => names(state, recordIdOf(call), inOrder.alertIds.get(call.id))))
    .map((call) => `${describeCall(call)} was never published`);
}

/** The alerts that a message is about, as it shows them. */
function statesOf({ content, digested }: Message): readonly AlertState[] {
  switch (content.kind) {
    case 'alert':
      return [content.state];
    case 'digest':
      return digested;
    case 'other':
      return [];
  }
}

/** Of more records than a document lists, any may be the one. */
export function names(state: AlertState, recordId: string, alertId: string | undefined): boolean {
  if (state.alertId !== alertId) return false;
  return state.recordIds.includes(recordId) || state.occurrences > maxListedRecords;
}

/** Law 2 and 4: what changed nothing is no news. */
export function repeatsAreNotPublished(evidence: Evidence): readonly string[] {
  return needlessOf(evidence).flatMap(({ alertId, isRepeat, text }) =>
    isRepeat ? [`alert ${alertId.slice(0, 8)}: ${text}`] : [],
  );
}

/** Law 2: a notification comes twice only where SNS accepted it and the note of that was lost. */
export function nothingIsPublishedTwice(evidence: Evidence): readonly string[] {
  return needlessOf(evidence).flatMap(({ alertId, isRepeat, text }) =>
    isRepeat ? [] : [`alert ${alertId.slice(0, 8)}: ${text}`],
  );
}

interface Needless {
  readonly alertId: string;
  /** Whether the notification that is too much counts a record more than the one before. */
  readonly isRepeat: boolean;
  readonly text: string;
}

/** Alerts with more notifications than news, rises of the severity and lost notes together. */
function needlessOf(evidence: Evidence): readonly Needless[] {
  const byAlert = callsByAlert(evidence);
  const lostNotes = lostNotesOf(evidence);
  return [...messagesByAlert(evidence.messages)].flatMap(([alertId, messages]) => {
    const calls = byAlert.get(alertId) ?? [];
    const news = calls.filter((call) => mayBeNews(call, evidence));
    const lost = messages.filter(({ request }) => lostNotes.has(request)).length;
    const allowed = news.length + risesOf(messages) + lost;
    if (messages.length <= allowed) return [];
    const [last, before] = [messages.at(-1), messages.at(-2)];
    const isRepeat = occurrencesOf(last) > occurrencesOf(before);
    const text = `${messages.length} notifications, ${allowed} allowed (${lost} lost notes) for ${describeCalls(calls)}`;
    return [{ alertId, isRepeat, text }];
  });
}

function messagesByAlert(messages: readonly Message[]): ReadonlyMap<string, readonly Message[]> {
  const ofAlerts = messages.filter(({ content }) => content.kind === 'alert');
  return groupBy(ofAlerts, ({ content }) => (content.kind === 'alert' ? content.state.alertId : ''));
}

function occurrencesOf(message: Message | undefined): number {
  return message?.content.kind === 'alert' ? message.content.state.occurrences : 0;
}

const severities: readonly string[] = ['low', 'medium', 'high', 'critical'];

function severityOf({ content }: Message): number {
  return content.kind === 'alert' ? severities.indexOf(content.state.severity) : -1;
}

/** How often a notification was of a higher severity than all before it. */
function risesOf(messages: readonly Message[]): number {
  let highest = Number.POSITIVE_INFINITY;
  let rises = 0;
  for (const message of messages) {
    const severity = severityOf(message);
    if (severity > highest) rises++;
    highest = highest === Number.POSITIVE_INFINITY ? severity : Math.max(highest, severity);
  }
  return rises;
}

/** Law 1: nothing waits for a notification for ever. */
export function nothingStaysPending({ state }: Evidence): readonly string[] {
  return state.pending.map((alertId) => `alert ${alertId.slice(0, 8)} is pending`);
}

/** Law 1: what was over the budget is in a digest. */
export function nothingStaysWithheld({ state }: Evidence): readonly string[] {
  return state.withheld.map((alertId) => `alert ${alertId.slice(0, 8)} is withheld`);
}
