import type { CommandShape, OptionShape } from './shape';

/** A script for fish 3 and newer. */
export function fishScript(commands: readonly CommandShape[]): string {
  return [
    '# Completes layerwatch in fish.',
    'complete -c layerwatch -f',
    ...commands.flatMap(commandLines),
  ].join('\n');
}

function commandLines(command: CommandShape): readonly string[] {
  const { name, description, options, takesFiles, words } = command;
  const within = `-n ${quoted(`__fish_seen_subcommand_from ${name}`)}`;
  return [
    `complete -c layerwatch -n '__fish_use_subcommand' -a ${name} -d ${quoted(description)}`,
    ...options.map((option) => `complete -c layerwatch ${within} ${flagOf(option)}`),
    ...(takesFiles ? [`complete -c layerwatch ${within} -F`] : []),
    ...(words.length > 0 ? [`complete -c layerwatch ${within} -a ${quoted(words.join(' '))}`] : []),
  ];
}

function flagOf({ flag, description, value }: OptionShape): string {
  return `-l ${flag.replace(/^--/, '')}${argumentOf(value)} -d ${quoted(description)}`;
}

/** `-x` takes a value and offers no files, `-r` takes one, `-F` offers files. */
function argumentOf(value: OptionShape['value']): string {
  if (value === 'none') return '';
  if (value === 'text') return ' -x';
  return value === 'file' ? ' -r -F' : ` -x -a ${quoted(value.join(' '))}`;
}

/** Within single quotes fish reads a backslash and a quote behind a backslash (fish, "The fish language", quotes). */
function quoted(text: string): string {
  return `'${text.replace(/[\\']/g, '\\$&')}'`;
}
