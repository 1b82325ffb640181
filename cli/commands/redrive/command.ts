import { Command } from 'commander';
import { type AwsOptions, withAwsOptions } from '../../aws/options';
import type { ExitCode } from '../../exit-code';
import { positiveNumber } from '../alerts/command';

export interface RedriveCommandOptions extends AwsOptions {
  readonly limit?: number;
  readonly dryRun?: boolean;
}

const examples = `
Examples:
  layerwatch redrive --dry-run              what waits, and why
  layerwatch redrive --limit 10             the first ten
  layerwatch redrive --profile security --region eu-west-1

Hands each waiting event to the deployed detector again and deletes the message once it is handled.

Exit codes: 0 done, 1 done but some messages stay, 2 wrong use, 3 AWS refused.`;

export function redriveCommand(finish: (code: ExitCode) => void): Command {
  const command = new Command('redrive')
    .description('Empties both dead-letter queues through the deployed detector.')
    .option('--dry-run', 'show what waits and change nothing')
    .option('--limit <NUMBER>', 'stop after so many messages', positiveNumber);
  return withAwsOptions(command, 'print one message a line')
    .addHelpText('after', examples)
    .exitOverride()
    .action(async (options: RedriveCommandOptions) => {
      // The clients of AWS take longer to load than a replay of small logs.
      const { runRedrive } = require('./run-redrive') as typeof import('./run-redrive');
      finish(await runRedrive(options));
    });
}
