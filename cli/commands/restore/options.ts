import { Argument, Option } from '@commander-js/extra-typings';
import { jsonOption, type OptionValues } from '../../options';

export const restoredArgument = new Argument('[ID]', 'id of the alert, or its first digits (6 at least)');

export const restoreOptions = [
  new Option('--layer <ARN>', 'take this layer, or this version of it, off all functions that have it'),
  new Option('--yes', 'do not ask'),
  new Option('--dry-run', 'print the command and change nothing'),
  new Option('--target-profile <NAME>', "profile of the function's account, where that is not the stack's"),
  jsonOption('print what was done'),
] as const;

export type RestoreOptions = OptionValues<typeof restoreOptions>;
