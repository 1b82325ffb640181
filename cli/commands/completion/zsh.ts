import type { CommandShape, OptionShape } from './shape';

/** A function for zsh's own completion. */
export function zshScript(commands: readonly CommandShape[]): string {
  return `#compdef layerwatch
# Completes layerwatch in zsh.
_layerwatch() {
  local -a commands
  commands=(
${commands.map(({ name, description }) => `    ${quoted(`${name}:${description.replaceAll(':', ' -')}`)}`).join('\n')}
  )
  if (( CURRENT == 2 )); then
    _describe 'command' commands
    return
  fi
  local command="$words[2]"
  shift words
  (( CURRENT-- ))
  case "$command" in
${commands.map(commandCase).join('\n')}
  esac
}
if [ "$funcstack[1]" = "_layerwatch" ]; then _layerwatch "$@"; else compdef _layerwatch layerwatch; fi`;
}

function commandCase({ name, options, takesFiles, words }: CommandShape): string {
  const specs = [
    ...options.map(specOf),
    ...(takesFiles ? [quoted('*:file:_files')] : []),
    ...(words.length > 0 ? [quoted(`1:word:(${words.join(' ')})`)] : []),
  ];
  return `    ${name}) _arguments ${specs.join(' ')} ;;`;
}

function specOf({ flag, description, value }: OptionShape): string {
  const explained = `${flag}[${description.replace(/[[\]:]/g, ' ')}]`;
  if (value === 'none') return quoted(explained);
  if (value === 'text') return quoted(`${explained}:value:`);
  return quoted(value === 'file' ? `${explained}:file:_files` : `${explained}:word:(${value.join(' ')})`);
}

function quoted(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`;
}
