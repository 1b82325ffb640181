import { at, property, text } from '../../../lambda/detection/json';

/** One message of a dead-letter queue. */
export interface WaitingMessage {
  readonly id: string;
  readonly receiptHandle: string;
  /** The event for the detector. */
  readonly event: unknown;
  /** Why the message is in the queue, as EventBridge or Lambda says it. */
  readonly reason: string;
  /** Action and time of the event. */
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
 * Reads a message of either queue. EventBridge leaves the event in the body and the reason in attributes. Lambda leaves a report
 * with the event in `requestPayload`. `undefined` for a body that is neither.
 */
export function readMessage(received: Received): WaitingMessage | undefined {
  const body = parsed(received.Body ?? '');
  const isReport = property(body, 'requestPayload') !== undefined;
  const event = isReport ? property(body, 'requestPayload') : body;
  if (property(event, 'detail') === undefined) return undefined;
  return {
    id: received.MessageId ?? '',
    receiptHandle: received.ReceiptHandle ?? '',
    event,
    reason: isReport ? reasonOfLambda(body) : reasonOfEventBridge(received),
    about: [
      text(at(event, 'detail', 'eventName')) ?? 'unknown',
      text(at(event, 'detail', 'eventTime')) ?? 'unknown',
    ].join(' '),
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
