import type { Command } from 'commander';
import { type ExitCode, exitCode } from '../../exit-code';
import { writeLine } from '../../output/write-line';
import { bashScript } from './bash';
import type { Shell } from './options';
import { shapesOf } from './shape';
import { zshScript } from './zsh';

/** Prints the script. It is made of the declared commands, so that it knows every option that they have. */
export async function run(shell: Shell, _options: object, command: Command): Promise<ExitCode> {
  const shapes = shapesOf(command.parent ?? command);
  await writeLine(process.stdout, shell === 'bash' ? bashScript(shapes) : zshScript(shapes));
  return exitCode.done;
}
