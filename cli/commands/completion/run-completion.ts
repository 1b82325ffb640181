import type { Command } from 'commander';
import { type ExitCode, exitCode } from '../../exit-code';
import { writeLine } from '../../output/write-line';
import { bashScript } from './bash';
import { fishScript } from './fish';
import type { Shell } from './options';
import { type CommandShape, shapesOf } from './shape';
import { zshScript } from './zsh';

const scripts: Readonly<Record<Shell, (commands: readonly CommandShape[]) => string>> = {
  bash: bashScript,
  fish: fishScript,
  zsh: zshScript,
};

/** Prints the script. It is made of the declared commands, so that it knows every option that they have. */
export async function run(shell: Shell, _options: object, command: Command): Promise<ExitCode> {
  const shapes = shapesOf(command.parent ?? command);
  await writeLine(process.stdout, scripts[shell](shapes));
  return exitCode.done;
}
