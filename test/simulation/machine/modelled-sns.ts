import { HttpResponse } from '@smithy/core/protocols';
import type { HttpRequest } from '@smithy/types';
import { refusalOf } from '../../../cli/embedded/sns-rules';
import { textOf } from './http';

/** A message as SNS receives it. */
export interface SnsMessage {
  readonly topicArn: string;
  readonly subject: string;
  /** Body by protocol. */
  readonly bodies: Readonly<Record<string, string>>;
}

/** Accepts what SNS would accept, in the words of its protocol. */
export class ModelledSns {
  private count = 0;

  execute(request: HttpRequest, onAccepted: (message: SnsMessage) => void): HttpResponse {
    const message = messageOf(request);
    const refusal = refusalOf(message.subject, JSON.stringify(message.bodies));
    if (refusal !== undefined) return snsError(400, 'InvalidParameter', refusal);
    onAccepted(message);
    const id = `message-${++this.count}`;
    return xml(
      200,
      `<PublishResponse><PublishResult><MessageId>${id}</MessageId></PublishResult></PublishResponse>`,
    );
  }
}

export function messageOf(request: HttpRequest): SnsMessage {
  const form = new URLSearchParams(textOf(request.body));
  const bodies = JSON.parse(form.get('Message') ?? '{}') as Readonly<Record<string, string>>;
  return { topicArn: form.get('TopicArn') ?? '', subject: form.get('Subject') ?? '', bodies };
}

export function snsError(statusCode: number, code: string, message: string): HttpResponse {
  return xml(
    statusCode,
    `<ErrorResponse><Error><Type>Sender</Type><Code>${code}</Code><Message>${message}</Message></Error></ErrorResponse>`,
  );
}

function xml(statusCode: number, text: string): HttpResponse {
  return new HttpResponse({ statusCode, headers: { 'content-type': 'text/xml' }, body: Buffer.from(text) });
}
