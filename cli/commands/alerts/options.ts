import { Option } from '@commander-js/extra-typings';
import { bands } from '../../../lambda/detection/band';
import type { AlertStatus, Disposition } from '../../../lambda/detection/finding-document';
import { jsonOption, type OptionValues, positiveNumber } from '../../options';

const statuses = ['open', 'acknowledged', 'closed'] as const satisfies readonly AlertStatus[];
const dispositions = ['notify', 'record', 'except', 'withhold'] as const satisfies readonly Disposition[];

/** How far back alerts are looked up where no time is given. */
export const defaultSince = '7d';

/** Which alerts are meant, beside their time. */
export const filterOptions = [
  new Option('--until <TIME>', 'until this time'),
  new Option('--function <NAME|ARN>', 'of this function or layer'),
  new Option('--actor <NAME|ARN>', 'by this role or user'),
  new Option('--band <BAND>', 'of this band or a higher one').choices(bands),
  new Option('--status <STATUS>', 'of this status').choices(statuses),
  new Option('--disposition <WHAT>', 'of this disposition').choices(dispositions),
  new Option('--account <ID|NAME>', 'of functions of this account'),
] as const;

export const alertsOptions = [
  new Option('--since <TIME>', 'from this time on: 24h, 7d, 2026-10-06').default(defaultSince),
  ...filterOptions,
  new Option('--limit <NUMBER>', 'at most this many').argParser(positiveNumber).default(50),
  new Option('--page <TOKEN>', 'the next page; the page before prints the token'),
  new Option('--watch', 'then print alerts that are new or have changed, until Ctrl-C'),
  jsonOption('print one finding document a line'),
] as const;

export type AlertsOptions = OptionValues<typeof alertsOptions>;
