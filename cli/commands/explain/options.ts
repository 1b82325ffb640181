import { Argument, Option } from '@commander-js/extra-typings';
import { configOption, jsonOption, type OptionValues } from '../../options';

export const explainArguments = [new Argument('<FILE>', 'file of CloudTrail records, - for stdin')] as const;

export const explainOptions = [
  new Option('--event-id <ID>', 'explain this record; the last of the file by default'),
  configOption(),
  jsonOption('print one step a line'),
] as const;

export type ExplainOptions = OptionValues<typeof explainOptions>;
