import { Option } from '@commander-js/extra-typings';
import { jsonOption, type OptionValues } from '../../options';
import { defaultSince, filterOptions } from '../alerts/options';

export const showOptions = [
  new Option('--record', 'with the CloudTrail record'),
  jsonOption('print the finding document, with its history'),
] as const;

export type ShowOptions = OptionValues<typeof showOptions>;

const bulkOptions = [
  new Option('--since <TIME>', `the alerts of a filter, from this time on (default: ${defaultSince})`),
  ...filterOptions,
  new Option('--yes', 'do not ask before the alerts of a filter are changed'),
  jsonOption('print the status and the history, one alert a line'),
] as const;

export const triageOptions = [
  new Option('--reason <TEXT>', 'why; it is kept in the history'),
  ...bulkOptions,
] as const;

export const closeOptions = [
  new Option('--reason <TEXT>', 'why; it is kept in the history (required)').makeOptionMandatory(),
  ...bulkOptions,
] as const;

export type TriageOptions = OptionValues<typeof triageOptions>;
