import { defineCommand } from '../../define-command';
import { alertIdArgument } from '../../options';
import { pageArgument } from './options';

export const openCommand = defineCommand({
  name: 'open',
  description: 'Opens a page of the AWS console that belongs to an alert.',
  arguments: [alertIdArgument, pageArgument],
  callsAws: true,
  examples: [
    ['layerwatch open b779bd22633d', 'the function or the layer'],
    ['layerwatch open b779bd22633d history', 'what else the access key did'],
  ],
  notes: 'The address is printed as well. The browser has to be signed in to the account of the function.',
  exitCodes: { 0: 'done', 1: 'not done' },
  load: (): typeof import('./run-open') => require('./run-open'),
});
