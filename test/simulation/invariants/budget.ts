import type { Evidence, Message } from '../evidence';
import { groupBy } from '../group-by';
import { lostNotesOf } from './lost-notes';

const windowMilliseconds = 10 * 60_000;

/** A place is taken before the message is sent: one that was taken in the window before may be used in this one for so long. */
const graceMilliseconds = 35_000;

/** In a window people receive no more than the budget; what is critical is not counted. */
export function budgetIsKept(evidence: Evidence): readonly string[] {
  const { scenario, messages } = evidence;
  const lostNotes = lostNotesOf(evidence);
  const counted = messages.filter((message) => isCounted(message) && !lostNotes.has(message.request));
  const byWindow = groupBy(counted, ({ senderTime }) => Math.floor(senderTime / windowMilliseconds));
  return [...byWindow].flatMap(([window, sent]) =>
    sent.length <= scenario.budgetCount
      ? []
      : [
          `${sent.length} notifications from ${new Date(window * windowMilliseconds).toISOString()}, budget ${scenario.budgetCount}`,
        ],
  );
}

function isCounted({ content, senderTime }: Message): boolean {
  if (content.kind !== 'alert' || content.state.severity === 'critical') return false;
  return senderTime % windowMilliseconds > graceMilliseconds;
}
