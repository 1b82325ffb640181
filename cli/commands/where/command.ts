import { defineCommand } from '../../define-command';
import { layerArgument, whereOptions } from './options';

export const whereCommand = defineCommand({
  name: 'where',
  description: 'Lists the functions that have a layer.',
  arguments: [layerArgument],
  options: whereOptions,
  callsAws: true,
  examples: [
    ['layerwatch where arn:aws:lambda:eu-west-3:999988887777:layer:boto-utils'],
    ['layerwatch where arn:aws:lambda:eu-west-3:999988887777:layer:boto-utils:3 --json'],
  ],
  notes:
    'Reads what Layerwatch knows of the functions of all accounts that it watches, and asks no function. The latest is first. "by" and a time: it was there then, and the call that put it there is not known.',
  exitCodes: { 0: 'done' },
  load: (): typeof import('./run-where') => require('./run-where'),
});
