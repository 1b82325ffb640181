import { Option } from '@commander-js/extra-typings';
import { jsonOption, type OptionValues } from '../../options';

export const showOptions = [
  new Option('--record', 'with the CloudTrail record'),
  jsonOption('print the finding document, with its history'),
] as const;

export type ShowOptions = OptionValues<typeof showOptions>;

const jsonHistory = jsonOption('print the status and the history');

export const triageOptions = [
  new Option('--reason <TEXT>', 'why; it is kept in the history'),
  jsonHistory,
] as const;

export const closeOptions = [
  new Option('--reason <TEXT>', 'why; it is kept in the history (required)').makeOptionMandatory(),
  jsonHistory,
] as const;

export type TriageOptions = OptionValues<typeof triageOptions>;
