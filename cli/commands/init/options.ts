import { Option } from '@commander-js/extra-typings';
import { configOption, type OptionValues } from '../../options';

export const initOptions = [
  new Option('--email <ADDRESS>', 'address that receives alerts'),
  new Option('--slack <IDS>', 'ids of the Slack workspace and channel: T0123ABCD/C0123ABCD'),
  new Option('--working-hours <HOURS>', 'for example "mon-fri 08:00-19:00 Europe/Paris"'),
  new Option('--deployer <ARN...>', 'role or user that deploys layers; may be repeated'),
  configOption('the file to write: '),
  new Option('--yes', 'ask nothing: what no option says stays as it is'),
  new Option('--force', 'change a file that exists without a question'),
] as const;

export type InitOptions = OptionValues<typeof initOptions>;
