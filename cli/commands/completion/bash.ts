import type { CommandShape, OptionShape } from './shape';

/** A script for bash 4 and newer; without the package bash-completion as well. */
export function bashScript(commands: readonly CommandShape[]): string {
  return `# Completes layerwatch in bash.
_layerwatch() {
  local word="\${COMP_WORDS[COMP_CWORD]}" before="\${COMP_WORDS[COMP_CWORD - 1]}"
  COMPREPLY=()
  if [ "$COMP_CWORD" -eq 1 ]; then
    COMPREPLY=($(compgen -W "${commands.map(({ name }) => name).join(' ')} --help" -- "$word"))
    return
  fi
  case "\${COMP_WORDS[1]} $before" in
${commands.flatMap(valueCases).join('\n')}
  esac
  case "\${COMP_WORDS[1]}" in
${commands.map(commandCase).join('\n')}
  esac
}
complete -F _layerwatch layerwatch`;
}

function valueCases({ name, options }: CommandShape): readonly string[] {
  return options.flatMap((option) => {
    const completion = completionOfValue(option);
    return completion === undefined ? [] : [`    "${name} ${option.flag}") ${completion}return ;;`];
  });
}

/** What completes the value of an option; nothing where it is free text. */
function completionOfValue({ value }: OptionShape): string | undefined {
  if (value === 'none') return undefined;
  if (value === 'text') return '';
  return value === 'file' ? `${files}; ` : `${words(value)}; `;
}

function commandCase({ name, options, takesFiles, words: argumentWords }: CommandShape): string {
  const all = words([...argumentWords, ...options.map(({ flag }) => flag)]);
  const more = takesFiles ? '; [[ "$word" == -* ]] || COMPREPLY+=($(compgen -f -- "$word"))' : '';
  return `    ${name}) ${all}${more} ;;`;
}

const files = 'COMPREPLY=($(compgen -f -- "$word"))';

function words(choices: readonly string[]): string {
  return `COMPREPLY=($(compgen -W "${choices.join(' ')}" -- "$word"))`;
}
