import { Argument, Option } from '@commander-js/extra-typings';
import { configOption, jsonOption, type OptionValues } from '../../options';

export const reportArguments = [
  new Argument('[PATH...]', 'CloudTrail logs to replay for it; the alerts of the deployed stack by default'),
] as const;

export const reportOptions = [
  new Option('-o, --output <FILE>', 'the file, - for stdout').default('layerwatch-report.html'),
  new Option('--since <TIME>', 'of the stack: from this time on').default('30d'),
  new Option('--until <TIME>', 'of the stack: until this time'),
  new Option('--findings <FILE>', 'what replay --json printed, - for stdin'),
  configOption('of logs: '),
  jsonOption('print the data of the page instead'),
] as const;

export type ReportOptions = OptionValues<typeof reportOptions>;
