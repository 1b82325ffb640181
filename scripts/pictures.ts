import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { emailPicture } from './pictures/email-picture';
import { slackPicture } from './pictures/slack-picture';

interface Message {
  readonly Subject: string;
  readonly Message: Readonly<Record<string, string>>;
}

/** Pictures of the worst message in a folder that `layerwatch replay --messages` has written. */
export function picturesOf(folder: string): Readonly<Record<string, string>> {
  const messages = readdirSync(folder).map(
    (name) => JSON.parse(readFileSync(join(folder, name), 'utf8')) as Message,
  );
  const [worst] = messages.sort((a, b) => scoreOf(b) - scoreOf(a));
  if (worst === undefined) throw new Error(`no message in ${folder}`);
  return {
    'email.svg': emailPicture(worst.Subject, worst.Message['email'] ?? ''),
    'slack.svg': slackPicture(JSON.parse(worst.Message['https'] ?? '')),
  };
}

function scoreOf({ Message }: Message): number {
  return (JSON.parse(Message['sqs'] ?? '') as { event: { risk_score: number } }).event.risk_score;
}
