import { Command } from 'commander';
import { type AwsOptions, withAwsOptions } from '../../aws/options';
import type { ExitCode } from '../../exit-code';

export interface RestoreOptions extends AwsOptions {
  readonly yes?: boolean;
  readonly dryRun?: boolean;
  readonly targetProfile?: string;
}

const examples = `
Examples:
  layerwatch restore b779bd22633d --dry-run     what would be done, as a command of the AWS CLI
  layerwatch restore b779bd22633d               shows the layers before, at the alert and now, and asks
  layerwatch restore b779bd22633d --yes

Puts the ordered list from before the change back on the function, guarded by the revision that was read, and verifies it.
Refuses where the function's layers changed since, where the list before is not known, or where a layer of it is gone. For a
published layer version: shows the functions that use it and deletes it. The outcome is written into the alert.

Exit codes: 0 done, 1 not done, 2 wrong use, 3 AWS refused.`;

export function restoreCommand(finish: (code: ExitCode) => void): Command {
  const command = new Command('restore')
    .description('Takes the change of an alert back.')
    .argument('<ID>', 'id of the alert, or its first digits (6 at least)')
    .option('--yes', 'do not ask')
    .option('--dry-run', 'print the command and change nothing')
    .option(
      '--target-profile <NAME>',
      "profile of the function's account, where it is another than the stack's",
    );
  return withAwsOptions(command, 'print what was done')
    .addHelpText('after', examples)
    .exitOverride()
    .action(async (id: string, options: RestoreOptions) => {
      const { runRestore } = require('./run-restore') as typeof import('./run-restore');
      finish(await runRestore(id, options));
    });
}
