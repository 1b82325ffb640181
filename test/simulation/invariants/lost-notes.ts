import type { Evidence } from '../evidence';
import { groupBy } from '../group-by';
import type { RequestEntry } from '../machine/journal';
import { alertIdOfRequest } from '../product';

/**
 * Names of the publishes that SNS accepted and that the product could not note: the answer did not come, or no write to the
 * alert by the same invocation went well behind it.
 */
export function lostNotesOf({ journal, messages }: Evidence): ReadonlySet<string> {
  const { requests } = journal;
  const byInvocation = groupBy(requests, ({ invocation }) => invocation);
  const lost = messages.filter(({ content, request, invocation }) => {
    if (content.kind !== 'alert') return false;
    const own = byInvocation.get(invocation) ?? [];
    const index = own.findIndex(({ name }) => name === request);
    if (own[index]?.fault !== undefined) return true;
    const { alertId } = content.state;
    const next = own.findIndex((later, at) => at > index && isPublishOf(later, alertId, messages));
    return !own.slice(index + 1, next < 0 ? undefined : next).some((later) => isNoted(later, alertId));
  });
  return new Set(lost.map(({ request }) => request));
}

function isPublishOf(
  { name, service }: RequestEntry,
  alertId: string,
  messages: Evidence['messages'],
): boolean {
  return (
    service === 'SNS' &&
    messages.some(
      ({ request, content }) =>
        request === name && content.kind === 'alert' && content.state.alertId === alertId,
    )
  );
}

function isNoted({ service, operation, executed, status, body }: RequestEntry, alertId: string): boolean {
  const isWritten = service === 'DynamoDB' && operation === 'UpdateItem' && executed && status === 200;
  return isWritten && alertIdOfRequest(body) === alertId;
}
