import type { Command } from 'commander';

/** A command as a shell has to know it. */
export interface CommandShape {
  readonly name: string;
  readonly description: string;
  readonly options: readonly OptionShape[];
  /** Whether an argument is a file. */
  readonly takesFiles: boolean;
  /** The words that an argument may be. */
  readonly words: readonly string[];
}

export interface OptionShape {
  /** `--json` */
  readonly flag: string;
  readonly description: string;
  /** The words that its value may be, or what kind of value it has. */
  readonly value: 'none' | 'file' | 'text' | readonly string[];
}

const namesFile = /<(?:FILE|DIR)>/;
const fileArguments = ['PATH', 'FILE'];

export function shapesOf(program: Command): readonly CommandShape[] {
  return program.commands.map((command) => ({
    name: command.name(),
    description: command.description(),
    options: [...command.options.map(shapeOfOption), help],
    takesFiles: command.registeredArguments.some((argument) => fileArguments.includes(argument.name())),
    words: command.registeredArguments.flatMap((argument) => argument.argChoices ?? []),
  }));
}

const help: OptionShape = { flag: '--help', description: 'display help for command', value: 'none' };

function shapeOfOption(option: Command['options'][number]): OptionShape {
  return {
    flag: option.long ?? option.flags,
    description: option.description,
    value: option.argChoices ?? kindOfValue(option.flags),
  };
}

function kindOfValue(flags: string): 'none' | 'file' | 'text' {
  if (namesFile.test(flags)) return 'file';
  return flags.includes('<') ? 'text' : 'none';
}
