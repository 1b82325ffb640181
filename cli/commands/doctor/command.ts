import { Command } from 'commander';
import { type AwsOptions, withAwsOptions } from '../../aws/options';
import type { ExitCode } from '../../exit-code';

const examples = `
Examples:
  layerwatch doctor                                   after a deployment, and whenever it is quiet for long
  layerwatch doctor --json | jq 'select(.status == "failed")'

Looks and changes nothing. A check that your role may not make is skipped, with the reason.

Exit codes: 0 every check passed, 1 a check failed, 2 wrong use, 3 AWS refused.`;

export function doctorCommand(finish: (code: ExitCode) => void): Command {
  const command = new Command('doctor').description(
    'Checks whether a layer change would be seen and told, and says how to mend what is not.',
  );
  return withAwsOptions(command, 'print one check a line')
    .addHelpText('after', examples)
    .exitOverride()
    .action(async (options: AwsOptions) => {
      const { runDoctor } = require('./run-doctor') as typeof import('./run-doctor');
      finish(await runDoctor(options));
    });
}
