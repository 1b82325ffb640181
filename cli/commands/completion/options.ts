import { Argument } from '@commander-js/extra-typings';

const shells = ['bash', 'fish', 'zsh'] as const;

export type Shell = (typeof shells)[number];

export const completionArguments = [new Argument('<SHELL>', 'the shell').choices(shells)] as const;
