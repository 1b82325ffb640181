import { Argument, Option } from '@commander-js/extra-typings';
import { alertIdArgument, jsonOption, type OptionValues } from '../../options';

export const assignArguments = [
  alertIdArgument,
  new Argument('[PERSON]', 'name or address of the person who works on it'),
] as const;

export const assignOptions = [
  new Option('--nobody', 'take the person off'),
  jsonOption('print the id and the person'),
] as const;

export type AssignOptions = OptionValues<typeof assignOptions>;
