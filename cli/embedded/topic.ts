import { mkdirSync, readdirSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { FindingDocument } from '../../lambda/detection/finding-document';
import { renderNotification, toSnsMessage } from '../../lambda/notification/message';
import type { Notification, Publisher, RenderNotification } from '../../lambda/ports';
import { refusalOf } from './sns-rules';

/**
 * A topic on this machine. With a folder it writes the messages there, and refuses what SNS would refuse; without one nobody
 * reads them, and it counts them.
 */
export class EmbeddedTopic implements Publisher {
  /** What a message of this topic is made with: rendering takes a quarter of a record's time, which no unread message is worth. */
  readonly render: RenderNotification;
  private published = 0;
  private nextNumber: number;

  constructor(private readonly directory?: string) {
    if (directory !== undefined) mkdirSync(directory, { recursive: true });
    this.render = directory === undefined ? unread : renderNotification;
    this.nextNumber = directory === undefined ? 1 : highestNumber(directory) + 1;
  }

  /** Messages accepted so far. */
  get count(): number {
    return this.published;
  }

  async publish(notification: Notification): Promise<{ readonly messageId: string }> {
    const number = this.nextNumber;
    if (this.directory !== undefined) write(this.directory, number, notification);
    this.nextNumber++;
    this.published++;
    return { messageId: `embedded-${number}` };
  }
}

function unread({ layerwatch }: FindingDocument): Notification {
  return { alertId: layerwatch.alert_id, subject: '', bodies: { default: '' } };
}

/** Renames the file into place, so that a killed replay leaves no half message. */
function write(directory: string, number: number, notification: Notification): void {
  const message = toSnsMessage(notification);
  const refusal = refusalOf(notification.subject, message);
  if (refusal !== undefined) throw new Error(`the topic refuses the message: ${refusal}`);
  const body = { Subject: notification.subject, Message: JSON.parse(message) as unknown };
  const file = join(directory, `${number}-${notification.alertId}.json`);
  writeFileSync(`${file}.part`, `${JSON.stringify(body, null, 2)}\n`);
  renameSync(`${file}.part`, file);
}

function highestNumber(directory: string): number {
  const numbers = readdirSync(directory).flatMap((name) => /^(\d+)-.*\.json$/.exec(name)?.[1] ?? []);
  return Math.max(0, ...numbers.map(Number));
}
