import { Command, InvalidArgumentError } from 'commander';
import { type AwsOptions, withAwsOptions } from '../../aws/options';
import type { ExitCode } from '../../exit-code';
import type { AlertsOptions } from './question';

const examples = `
Examples:
  layerwatch alerts                                  the last seven days, newest first
  layerwatch alerts --status open --band high        what is open and high or critical
  layerwatch alerts --since 24h --function payments
  layerwatch alerts --actor arn:aws:iam::123456789012:role/ci-deploy --json

A function or an actor that is given as an ARN is looked up by its index; a name is compared with each alert of the time.

Exit codes: 0 done, 1 not done, 2 wrong use, 3 AWS refused.`;

export function alertsCommand(finish: (code: ExitCode) => void): Command {
  const command = new Command('alerts')
    .description('Lists the alerts of a deployed stack, newest first.')
    .option('--since <TIME>', 'from then on: 24h, 7d, 2026-10-06', '7d')
    .option('--until <TIME>', 'until then')
    .option('--function <NAME|ARN>', 'of this function or layer')
    .option('--actor <NAME|ARN>', 'by this role or user')
    .option('--band <BAND>', 'of this band or a higher one: low, medium, high, critical')
    .option('--status <STATUS>', 'open, acknowledged or closed')
    .option('--disposition <WHAT>', 'notify, record, except or withhold')
    .option('--account <ID|NAME>', 'of functions of this account')
    .option('--limit <NUMBER>', 'so many at most', positiveNumber, 50)
    .option('--page <TOKEN>', 'the next page, by what the one before printed');
  return withAwsOptions(command, 'print one finding document a line')
    .addHelpText('after', examples)
    .exitOverride()
    .action(async (options: AlertsOptions & AwsOptions) => {
      // The clients of AWS take longer to load than a replay of small logs.
      const { runAlerts } = require('./run-alerts') as typeof import('./run-alerts');
      finish(await runAlerts(options));
    });
}

export function positiveNumber(value: string): number {
  if (!/^[1-9]\d{0,8}$/.test(value)) throw new InvalidArgumentError(`${value} is no number above 0`);
  return Number(value);
}
