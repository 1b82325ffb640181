import { Option } from '@commander-js/extra-typings';
import { jsonOption, type OptionValues, positiveNumber } from '../../options';

/** CloudTrail delivers most calls to EventBridge within minutes. */
const defaultTimeoutMinutes = 15;

export const selftestOptions = [
  new Option('--timeout <MINUTES>', 'give up after this many minutes')
    .argParser(positiveNumber)
    .default(defaultTimeoutMinutes),
  jsonOption('print the result as JSON'),
] as const;

export type SelftestOptions = OptionValues<typeof selftestOptions>;
