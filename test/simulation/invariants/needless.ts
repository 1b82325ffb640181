import type { Evidence, Message } from '../evidence';
import { groupBy } from '../group-by';
import { describeCall, mayBeNews } from '../truth';
import type { Call } from '../world/calls';
import { callIdOf } from '../world/records';
import { lostNotesOf } from './lost-notes';

/** Law 4: what changed nothing is no news. */
export function repeatsAreNotPublished(evidence: Evidence): readonly string[] {
  return messagesByCall(evidence)
    .filter(({ call }) => !mayBeNews(call, evidence))
    .map(({ call, messages }) => `${describeCall(call)} was published by ${messages[0]?.request}`);
}

/** Law 2: a notification comes twice only where SNS accepted it and the note of that was lost. */
export function nothingIsPublishedTwice(evidence: Evidence): readonly string[] {
  const lostNotes = lostNotesOf(evidence);
  return messagesByCall(evidence).flatMap(({ call, messages }) => {
    const again = messages.filter((_, index) => index > 0 && !isLost(messages[index - 1], lostNotes));
    return again.map(({ request }) => `${describeCall(call)} was published again by ${request}`);
  });
}

function isLost(message: Message | undefined, lostNotes: ReadonlySet<string>): boolean {
  return message !== undefined && lostNotes.has(message.request);
}

interface Published {
  readonly call: Call;
  readonly messages: readonly Message[];
}

/** Calls with the notifications that are about them, in their order. */
function messagesByCall({ scenario, messages }: Evidence): readonly Published[] {
  const ofAlerts = messages.filter(({ content }) => content.kind === 'alert');
  const byCall = groupBy(ofAlerts, ({ content }) =>
    content.kind === 'alert' ? callIdOf(content.state.about) : undefined,
  );
  return scenario.calls.flatMap((call) => {
    const sent = byCall.get(call.id);
    return sent === undefined ? [] : [{ call, messages: sent }];
  });
}
