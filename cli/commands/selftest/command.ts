import { Command } from 'commander';
import { type AwsOptions, withAwsOptions } from '../../aws/options';
import type { ExitCode } from '../../exit-code';
import { positiveNumber } from '../alerts/command';

export interface SelftestOptions extends AwsOptions {
  readonly timeout: number;
}

const examples = `
Examples:
  layerwatch selftest                   after a deployment
  layerwatch selftest --timeout 30 --json

Publishes a harmless layer version of its own name (layerwatch-selftest-...), waits until its alert is in the table and SNS has
accepted the message, says how long that took, deletes the layer version and closes the alert. The message is sent as any
other: whoever is subscribed receives it.

Exit codes: 0 passed, 1 no alert or not told in time, 2 wrong use, 3 AWS refused.`;

/** CloudTrail hands most calls to EventBridge within minutes. */
const defaultTimeoutMinutes = 15;

export function selftestCommand(finish: (code: ExitCode) => void): Command {
  const command = new Command('selftest')
    .description('Proves the whole way, from a call of Lambda to the message.')
    .option('--timeout <MINUTES>', 'give up after so many minutes', positiveNumber, defaultTimeoutMinutes);
  return withAwsOptions(command, 'print the result as JSON')
    .addHelpText('after', examples)
    .exitOverride()
    .action(async (options: SelftestOptions) => {
      const { runSelftest } = require('./run-selftest') as typeof import('./run-selftest');
      finish(await runSelftest(options));
    });
}
