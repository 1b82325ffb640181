import { at, property, text } from '../../../lambda/detection/json';
import { readNotice } from '../../../lambda/log-reader/notices';

/** One message of a dead-letter queue. */
export interface WaitingMessage {
  /** The event for the function. */
  readonly event: unknown;
  /** Why the message is in the queue, as EventBridge or Lambda says it. */
  readonly reason: string;
  /** Action and time of the event, or the object. */
  readonly about: string;
}

/** A message as SQS delivers it. */
export interface Received {
  readonly MessageId?: string;
  readonly ReceiptHandle?: string;
  readonly Body?: string;
  /** Message attributes of type string, by name. */
  readonly attributes?: ReadonlyMap<string, string>;
}

/**
 * Reads a message for the detector. EventBridge leaves the event in the body and the reason in attributes. Lambda leaves a report
 * with the event in `requestPayload`. `undefined` for a body that is neither.
 */
export function readEventMessage(received: Received): WaitingMessage | undefined {
  const body = parsed(received.Body ?? '');
  const isReport = property(body, 'requestPayload') !== undefined;
  const event = isReport ? property(body, 'requestPayload') : body;
  if (property(event, 'detail') === undefined) return undefined;
  return {
    event,
    reason: isReport ? reasonOfLambda(body) : reasonOfEventBridge(received),
    about: [
      text(at(event, 'detail', 'eventName')) ?? 'unknown',
      text(at(event, 'detail', 'eventTime')) ?? 'unknown',
    ].join(' '),
  };
}

/** Reads a message for the log reader: a notice of objects, which SQS moved without a reason. `undefined` for another body. */
export function readObjectMessage({
  MessageId: messageId = '',
  Body: body = '',
}: Received): WaitingMessage | undefined {
  const notice = readNotice(body);
  if (notice.kind === 'unreadable') return undefined;
  const [first, ...others] = notice.objects.map(({ key }) => key);
  return {
    event: { Records: [{ messageId, body }] },
    reason: "the log reader's log has it",
    about: `${first ?? 'no object'}${others.length === 0 ? '' : ` and ${others.length} more`}`,
  };
}

function reasonOfLambda(report: unknown): string {
  const condition = text(at(report, 'requestContext', 'condition')) ?? 'unknown';
  const error =
    text(at(report, 'responsePayload', 'errorMessage')) ?? text(at(report, 'responsePayload', 'errorType'));
  return error === undefined ? condition : `${condition}: ${error}`;
}

function reasonOfEventBridge({ attributes }: Received): string {
  const parts = ['ERROR_CODE', 'ERROR_MESSAGE'].map((name) => attributes?.get(name));
  return parts.filter((part) => part !== undefined).join(': ') || 'no reason given';
}

function parsed(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    return undefined;
  }
}
