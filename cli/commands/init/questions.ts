import { SettingsError } from '../../../config/schema';
import { escapeForDisplay } from '../../../lambda/text/untrusted-text';
import { describeAwsFailure, isAwsFailure } from '../../aws/describe-failure';
import { openEventHistory } from '../../aws/event-records';
import { CancelledError, UsageError } from '../../errors';
import { ask } from '../../output/ask';
import { listenForInterruption } from '../../output/interruption';
import { tableLines, terminalWidth } from '../../output/table';
import { answerTo, type Configuration, type Setting } from './answers';
import { chosenPrincipals, type ProposedDeployer, proposedDeployers, withDeployers } from './deployers';

export const nothingWritten = 'cancelled; nothing was written';

/** Longest problem that is shown, in UTF-16 units. */
const maxProblemLength = 500;

/** Asks until the answer is one that the configuration takes. */
export function askForSetting(setting: Setting, known: Configuration, today: string): Promise<Configuration> {
  const now = setting.show(known[setting.key]);
  return askUntilTaken(
    `${setting.question}, for example ${setting.example} [${escapeForDisplay(now ?? 'none')}]: `,
    (line) => (line === '' ? {} : answerTo(setting, line, today)),
  );
}

export async function askForDeployers(known: Configuration, today: string): Promise<Configuration> {
  const proposed = await proposals();
  const before: readonly unknown[] = Array.isArray(known['deployers']) ? known['deployers'] : [];
  const kept = before.length === 0 ? 'none' : `the ${before.length} of the file`;
  const choice = proposed.length === 0 ? 'ARNs of roles or users' : 'numbers of the list, or ARNs';
  return askUntilTaken(`Deployers to add, ${choice} [${kept}]: `, (line) => {
    if (line === '') return {};
    if (line.toLowerCase() === 'none') return { deployers: undefined };
    return withDeployers(before, chosenPrincipals(line, proposed), today);
  });
}

async function askUntilTaken(
  question: string,
  answer: (line: string) => Configuration,
): Promise<Configuration> {
  for (;;) {
    const line = await ask(question, nothingWritten);
    try {
      return answer(line);
    } catch (error) {
      if (!(error instanceof UsageError || error instanceof SettingsError)) throw error;
      for (const problem of error.message.split('\n'))
        process.stderr.write(`  ${escapeForDisplay(problem, maxProblemLength)}\n`);
    }
  }
}

/** Without AWS the questions continue, and nobody is proposed. */
async function proposals(): Promise<readonly ProposedDeployer[]> {
  process.stderr.write(
    '\nDeployers: roles and users that deploy layers as a matter of routine. Their calls score less.\n',
  );
  process.stderr.write('Reading who changed functions and layers within the last 30 days ...\n');
  const { signal, stop } = listenForInterruption();
  try {
    const proposed = await proposedDeployers(openEventHistory(), new Date(), signal);
    if (signal.aborted) throw new CancelledError(nothingWritten);
    print(proposed);
    return proposed;
  } catch (error) {
    if (!isAwsFailure(error)) throw error;
    process.stderr.write(
      `The event history was not read, so nobody is proposed: ${describeAwsFailure(error)}\n`,
    );
    return [];
  } finally {
    stop();
  }
}

function print(proposed: readonly ProposedDeployer[]): void {
  if (proposed.length === 0) {
    process.stderr.write('Nobody did, as far as the event history of this region says.\n');
    return;
  }
  const columns = [
    { head: '#' },
    { head: 'CALLS' },
    { head: 'LAST' },
    { head: 'WHO', mayShrink: true },
  ] as const;
  const rows = proposed.map(({ principal, calls, lastDay }, index) =>
    [String(index + 1), String(calls), lastDay, principal].map((text) => ({ text })),
  );
  for (const line of tableLines(columns, rows, terminalWidth())) process.stderr.write(`${line}\n`);
}
