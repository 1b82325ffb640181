import { defineCommand } from '../../define-command';
import { explainArguments, explainOptions } from './options';

export const explainCommand = defineCommand({
  name: 'explain',
  description: 'Shows step by step how one record is handled, and why.',
  arguments: explainArguments,
  options: explainOptions,
  examples: [
    ['layerwatch explain record.json', 'the last record of the file'],
    ['layerwatch explain day.json.gz --event-id 1111...', 'one of many, with those before it as history'],
  ],
  notes:
    'Shows whether the record matches and why, what the change is, every factor of its risk, which exception applies, and into which alert it folds. Nothing is stored, and nobody is notified.',
  exitCodes: { 0: 'done', 1: 'no such record or unreadable input' },
  load: (): typeof import('./run-explain') => require('./run-explain'),
});
