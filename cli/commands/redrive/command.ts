import { defineCommand } from '../../define-command';
import { redriveOptions } from './options';

export const redriveCommand = defineCommand({
  name: 'redrive',
  description: 'Sends the messages of the dead-letter queues to the deployed functions again.',
  options: redriveOptions,
  callsAws: true,
  examples: [
    ['layerwatch redrive --dry-run', 'what is queued, and why'],
    ['layerwatch redrive --limit 10', 'the first ten'],
    ['layerwatch redrive --profile security --region eu-west-1'],
  ],
  notes:
    'Invokes the detector with each event, and the log reader with each notice of an object, and deletes the message once it is handled. Every other message stays in its queue.',
  exitCodes: { 0: 'done', 1: 'done but some messages stay' },
  load: (): typeof import('./run-redrive') => require('./run-redrive'),
});
