import { defineCommand } from '../../define-command';
import { initOptions } from './options';

export const initCommand = defineCommand({
  name: 'init',
  description: 'Asks what Layerwatch has to know, and writes the configuration.',
  options: initOptions,
  callsAws: true,
  examples: [
    ['layerwatch init', 'asks on the terminal'],
    ['layerwatch init --yes --email security@example.com'],
    ['layerwatch init --yes --force --working-hours "mon-fri 08:00-19:00 Europe/Paris"'],
  ],
  notes:
    'Proposes deployers: the roles and users that changed functions and layers within the last 30 days, by the event history of the region. None is taken without an answer. Each answer is checked as the deployment checks it. Shows the file, or what changes in it, before it writes; other keys of a file stay.',
  exitCodes: { 0: 'done', 1: 'not written', 130: 'cancelled' },
  load: (): typeof import('./run-init') => require('./run-init'),
});
