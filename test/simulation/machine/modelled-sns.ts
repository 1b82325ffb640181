import { HttpResponse } from '@smithy/core/protocols';
import type { HttpRequest } from '@smithy/types';
import { refusalOf } from '../../../cli/embedded/sns-rules';
import { textOf } from './http';

/** A message that the topic accepted. */
export interface AcceptedMessage {
  readonly topicArn: string;
  readonly subject: string;
  /** Body by protocol. */
  readonly bodies: Readonly<Record<string, string>>;
}

/** Accepts what SNS would accept, in the words of its protocol. */
export class ModelledSns {
  private count = 0;

  execute(request: HttpRequest, onAccepted: (message: AcceptedMessage) => void): HttpResponse {
    const form = new URLSearchParams(textOf(request.body));
    const [subject, message] = [form.get('Subject') ?? '', form.get('Message') ?? ''];
    const refusal = refusalOf(subject, message);
    if (refusal !== undefined) return snsError(400, 'InvalidParameter', refusal);
    const bodies = JSON.parse(message) as Readonly<Record<string, string>>;
    onAccepted({ topicArn: form.get('TopicArn') ?? '', subject, bodies });
    const id = `message-${++this.count}`;
    return xml(
      200,
      `<PublishResponse><PublishResult><MessageId>${id}</MessageId></PublishResult></PublishResponse>`,
    );
  }
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
