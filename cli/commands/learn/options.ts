import { Argument, Option } from '@commander-js/extra-typings';
import { configOption, jsonOption, type OptionValues } from '../../options';

export const learnArguments = [
  new Argument(
    '[PATH...]',
    'CloudTrail logs, as replay takes them; the event history of the region by default',
  ),
] as const;

export const learnOptions = [
  new Option('--include-severe', 'learn what alerts of high and critical severity name, too'),
  new Option('--dry-run', 'print the tables and write nothing; no stack is needed'),
  configOption(),
  new Option('--account <IDS>', 'from S3: logs of these accounts only, separated by commas'),
  new Option('--log-region <REGIONS>', 'from S3: logs of these regions only, separated by commas'),
  new Option('--from <DAY>', 'from S3: logs of this day (UTC) and later ones'),
  new Option('--to <DAY>', 'from S3: logs of this day (UTC) and earlier ones'),
  jsonOption('print counts and what is not learned, as one object'),
] as const;

export type LearnOptions = OptionValues<typeof learnOptions>;
