import { defineCommand } from '../../define-command';
import { restoredArgument, restoreOptions } from './options';

export const restoreCommand = defineCommand({
  name: 'restore',
  description: 'Undoes the change of an alert, or takes a layer off all functions.',
  arguments: [restoredArgument],
  options: restoreOptions,
  callsAws: true,
  examples: [
    ['layerwatch restore b779bd22633d --dry-run', 'what would be done, as a command of the AWS CLI'],
    ['layerwatch restore b779bd22633d', 'shows the layers before, at the alert and now, and asks'],
    ['layerwatch restore b779bd22633d --yes'],
    ['layerwatch restore --layer arn:aws:lambda:eu-west-3:999988887777:layer:boto-utils'],
  ],
  notes:
    "Sets the ordered list from before the change on the function, guarded by the revision that was read, and verifies it. Refuses where the function's layers changed since, where the list before is not known, or where one of its layers is gone. For a published layer version: shows the functions that use it and deletes it. The outcome is written into the alert. With --layer: lists the functions that have the layer, asks once, and takes it off one by one; a version that it replaced is restored where its function's history names one.",
  exitCodes: { 0: 'done', 1: 'not done', 130: 'cancelled' },
  load: (): typeof import('./run-restore') => require('./run-restore'),
});
