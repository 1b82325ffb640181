import { mkdirSync, readdirSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { toSnsMessage } from '../../lambda/notification/message';
import type { Notification, Publisher } from '../../lambda/ports';
import { refusalOf } from './sns-rules';

/** A topic on this machine. It refuses what SNS would refuse, and writes the other messages into a folder where one is given. */
export class EmbeddedTopic implements Publisher {
  private published = 0;
  private nextNumber: number;

  constructor(private readonly directory?: string) {
    if (directory !== undefined) mkdirSync(directory, { recursive: true });
    this.nextNumber = directory === undefined ? 1 : highestNumber(directory) + 1;
  }

  /** Messages accepted so far. */
  get count(): number {
    return this.published;
  }

  async publish(notification: Notification): Promise<{ readonly messageId: string }> {
    const message = toSnsMessage(notification);
    const refusal = refusalOf(notification.subject, message);
    if (refusal !== undefined) throw new Error(`the topic refuses the message: ${refusal}`);
    const number = this.nextNumber++;
    if (this.directory !== undefined) this.write(this.directory, number, notification, message);
    this.published++;
    return { messageId: `embedded-${number}` };
  }

  /** Renames the file into place, so that a killed replay leaves no half message. */
  private write(directory: string, number: number, notification: Notification, message: string): void {
    const body = { Subject: notification.subject, Message: JSON.parse(message) as unknown };
    const file = join(directory, `${number}-${notification.alertId}.json`);
    writeFileSync(`${file}.part`, `${JSON.stringify(body, null, 2)}\n`);
    renameSync(`${file}.part`, file);
  }
}

function highestNumber(directory: string): number {
  const numbers = readdirSync(directory).flatMap((name) => /^(\d+)-.*\.json$/.exec(name)?.[1] ?? []);
  return Math.max(0, ...numbers.map(Number));
}
