import type { Command } from 'commander';

/** A command as a shell has to know it. */
export interface CommandShape {
  readonly name: string;
  readonly description: string;
  readonly options: readonly OptionShape[];
  /** Whether an argument is a file. */
  readonly takesFiles: boolean;
  /** Words that an argument is one of. */
  readonly words: readonly string[];
}

export interface OptionShape {
  /** `--json` */
  readonly flag: string;
  readonly description: string;
  readonly value: 'none' | 'file' | 'text' | readonly string[];
}

/** Options whose value is one of a few words. */
const wordsOfOption: Readonly<Record<string, readonly string[]>> = {
  '--band': ['low', 'medium', 'high', 'critical'],
  '--status': ['open', 'acknowledged', 'closed'],
  '--disposition': ['notify', 'record', 'except', 'withhold'],
};

const ofFiles = /<(?:FILE|DIR)>/;
const argumentsOfFiles = ['PATH', 'FILE'];

export function shapesOf(program: Command): readonly CommandShape[] {
  return program.commands.map((command) => ({
    name: command.name(),
    description: command.description(),
    options: [...command.options.map(shapeOfOption), help],
    takesFiles: command.registeredArguments.some((argument) => argumentsOfFiles.includes(argument.name())),
    words: command.registeredArguments.flatMap((argument) => argument.argChoices ?? []),
  }));
}

const help: OptionShape = { flag: '--help', description: 'display help for command', value: 'none' };

function shapeOfOption({ long, flags, description }: Command['options'][number]): OptionShape {
  const flag = long ?? flags;
  const words = wordsOfOption[flag];
  const plain = flags.includes('<') ? 'text' : 'none';
  return { flag, description, value: words ?? (ofFiles.test(flags) ? 'file' : plain) };
}
