import { at, property, text } from '../../../lambda/detection/json';

/** One message of a dead-letter queue. */
export interface WaitingMessage {
  readonly id: string;
  readonly receiptHandle: string;
  /** The event that the detector has to see. */
  readonly event: unknown;
  /** Why it is here, in the words of whoever put it here. */
  readonly reason: string;
  /** What it is about: action, time. */
  readonly about: string;
}

/** A message as SQS gives it. */
export interface Received {
  readonly MessageId?: string;
  readonly ReceiptHandle?: string;
  readonly Body?: string;
  readonly MessageAttributes?: Readonly<Record<string, { readonly StringValue?: string }>>;
}

/**
 * Reads a message of either queue: EventBridge leaves the event with the reason in attributes, Lambda a report with the
 * event in `requestPayload`. `undefined` for a body that is neither.
 */
export function readMessage(received: Received): WaitingMessage | undefined {
  const body = parsed(received.Body ?? '');
  const report = property(body, 'requestPayload') !== undefined;
  const event = report ? property(body, 'requestPayload') : body;
  if (property(event, 'detail') === undefined) return undefined;
  return {
    id: received.MessageId ?? '',
    receiptHandle: received.ReceiptHandle ?? '',
    event,
    reason: report ? reasonOfLambda(body) : reasonOfEventBridge(received),
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

function reasonOfEventBridge({ MessageAttributes = {} }: Received): string {
  const code = MessageAttributes['ERROR_CODE']?.StringValue;
  const message = MessageAttributes['ERROR_MESSAGE']?.StringValue;
  return [code, message].filter((part) => part !== undefined).join(': ') || 'not said';
}

function parsed(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    return undefined;
  }
}
