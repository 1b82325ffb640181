import { Argument, Command } from 'commander';
import { type ExitCode, exitCode } from '../../exit-code';
import { writeLine } from '../../output/write-line';
import { bashScript } from './bash';
import { shapesOf } from './shape';
import { zshScript } from './zsh';

const examples = `
Examples:
  layerwatch completion bash > ~/.local/share/bash-completion/completions/layerwatch
  layerwatch completion zsh > "\${fpath[1]}/_layerwatch"
  source <(npx layerwatch completion bash)

Exit codes: 0 done, 2 wrong use.`;

/** Made of the commands themselves, so that it knows each option that they have. */
export function completionCommand(finish: (code: ExitCode) => void): Command {
  return new Command('completion')
    .description('Prints what completes commands and options in a shell.')
    .addArgument(new Argument('<SHELL>', 'bash or zsh').choices(['bash', 'zsh']))
    .addHelpText('after', examples)
    .exitOverride()
    .action(async (shell: 'bash' | 'zsh', _options: unknown, command: Command) => {
      const shapes = shapesOf(command.parent ?? command);
      await writeLine(process.stdout, shell === 'bash' ? bashScript(shapes) : zshScript(shapes));
      finish(exitCode.done);
    });
}
