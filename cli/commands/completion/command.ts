import { defineCommand } from '../../define-command';
import { completionArguments } from './options';

export const completionCommand = defineCommand({
  name: 'completion',
  description: 'Prints a script that completes commands and options in a shell.',
  arguments: completionArguments,
  examples: [
    ['layerwatch completion bash > ~/.local/share/bash-completion/completions/layerwatch'],
    [`layerwatch completion zsh > "\${fpath[1]}/_layerwatch"`],
    ['layerwatch completion fish > ~/.config/fish/completions/layerwatch.fish'],
    ['source <(npx layerwatch completion bash)'],
  ],
  exitCodes: { 0: 'done' },
  load: (): typeof import('./run-completion') => require('./run-completion'),
});
