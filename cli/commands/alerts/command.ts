import { defineCommand } from '../../define-command';
import { alertsOptions } from './options';

export const alertsCommand = defineCommand({
  name: 'alerts',
  description: 'Lists the alerts of a deployed stack, newest first.',
  options: alertsOptions,
  callsAws: true,
  examples: [
    ['layerwatch alerts', 'the last seven days, newest first'],
    ['layerwatch alerts --status open --band high', 'what is open and high or critical'],
    ['layerwatch alerts --status open --watch', 'what is open, then what is new or changes'],
    ['layerwatch alerts --since 24h --function payments'],
    ['layerwatch alerts --actor arn:aws:iam::123456789012:role/ci-deploy --json'],
  ],
  notes:
    'A function or an actor that is given as an ARN is looked up by its index. A name is compared with each alert of that time.',
  exitCodes: { 0: 'done', 1: 'not done', 130: 'ended by Ctrl-C' },
  load: (): typeof import('./run-alerts') => require('./run-alerts'),
});
