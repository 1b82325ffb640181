import { Command, InvalidArgumentError } from 'commander';
import { stackName } from '../../lambda/contract';
import type { ExitCode } from '../exit-code';

export interface RedriveCommandOptions {
  readonly stack: string;
  readonly limit?: number;
  readonly dryRun?: boolean;
  readonly json?: boolean;
  readonly profile?: string;
  readonly region?: string;
}

const examples = `
Examples:
  layerwatch redrive --dry-run              what waits, and why
  layerwatch redrive --limit 10             the first ten
  layerwatch redrive --profile security --region eu-west-1

Hands each waiting event to the deployed detector again and deletes the message once it is handled.

Exit codes: 0 done, 1 done but some messages stay, 2 wrong use, 3 AWS refused.`;

export function redriveCommand(finish: (code: ExitCode) => void): Command {
  return new Command('redrive')
    .description('Empties both dead-letter queues through the deployed detector.')
    .option('--dry-run', 'show what waits and change nothing')
    .option('--limit <NUMBER>', 'stop after so many messages', positiveNumber)
    .option('--json', 'print one message a line')
    .option('--stack <NAME>', 'name of the stack', stackName)
    .option('--profile <NAME>', 'profile of the AWS configuration')
    .option('--region <REGION>', 'region of the stack')
    .addHelpText('after', examples)
    .exitOverride()
    .action(async (options: RedriveCommandOptions) => {
      // The clients of AWS take longer to load than a replay of small logs.
      const { runRedrive } = require('./run-redrive') as typeof import('./run-redrive');
      finish(await runRedrive(options));
    });
}

function positiveNumber(value: string): number {
  if (!/^[1-9]\d{0,8}$/.test(value)) throw new InvalidArgumentError(`${value} is no number above 0`);
  return Number(value);
}
