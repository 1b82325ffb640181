import { utf8Bytes } from '../detection/bounded-document';
import type { FindingDocument } from '../detection/finding-document';
import type { Notification, NotificationContext } from '../ports';
import { emailOf } from './email';
import { machineBodyOf } from './machine';
import { plainSlack, slackOf } from './slack';
import { subjectOf } from './subject';

/** UTF-8 bytes of a message, its subject and its attributes (SNS Publish: 262,144 bytes). */
const maxMessageBytes = 262_144;

/** Subject, braces and names of the protocols. */
const reservedBytes = 2_000;

/** Subscribers of these protocols are programs and receive the finding document. */
const machineProtocols = ['sqs', 'lambda', 'firehose'] as const;

/** Renders an alert for every kind of subscriber, within SNS's limits whatever the document holds. */
export function renderNotification(document: FindingDocument, context: NotificationContext): Notification {
  const email = emailOf(document, context);
  const forPeople = { default: email, email, https: slackOf(document, context) };
  const rest = maxMessageBytes - reservedBytes - utf8Bytes(JSON.stringify(forPeople));
  const machine = machineBodyOf(document, Math.floor(rest / machineProtocols.length));
  return {
    alertId: document.layerwatch.alert_id,
    subject: subjectOf(document),
    bodies: {
      ...forPeople,
      ...Object.fromEntries(machineProtocols.map((protocol) => [protocol, machine])),
    },
  };
}

/** The `Message` of a publish with `MessageStructure=json`. */
export function toSnsMessage({ bodies }: Notification): string {
  return JSON.stringify(bodies);
}

/** What is sent where the full message cannot be: nothing of the record, and where to read it. */
export function plainNotification(alertId: string): Notification {
  const text = `A layer was changed, and the message about it could not be sent in full. Read alert ${alertId} in the alert table.`;
  const machine = JSON.stringify({ layerwatch: { alert_id: alertId } });
  return {
    alertId,
    subject: `ALERT ${alertId.slice(0, 12)}: read it in the alert table`,
    bodies: {
      default: text,
      email: text,
      https: plainSlack(text),
      ...Object.fromEntries(machineProtocols.map((protocol) => [protocol, machine])),
    },
  };
}
