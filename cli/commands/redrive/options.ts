import { Option } from '@commander-js/extra-typings';
import { jsonOption, type OptionValues, positiveNumber } from '../../options';

export const redriveOptions = [
  new Option('--dry-run', 'show what is queued and change nothing'),
  new Option('--limit <NUMBER>', 'stop after this many messages').argParser(positiveNumber),
  jsonOption('print one message a line'),
] as const;

export type RedriveOptions = OptionValues<typeof redriveOptions>;
