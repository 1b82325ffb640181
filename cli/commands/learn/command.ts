import { defineCommand } from '../../define-command';
import { learnArguments, learnOptions } from './options';

export const learnCommand = defineCommand({
  name: 'learn',
  description: 'Learns from the last 90 days what is usual, and notifies nobody.',
  arguments: learnArguments,
  options: learnOptions,
  callsAws: true,
  examples: [
    ['layerwatch learn --dry-run', 'what would have been alerted, and what it would learn'],
    ['layerwatch learn'],
    ['layerwatch learn ./AWSLogs'],
    ['layerwatch learn s3://trail-bucket/AWSLogs --from 2026-09-01'],
  ],
  notes:
    'Runs the records through the detector on this machine and prints the alerts they would have made, by severity. Then writes into the state table of the stack when actors, publishers, layers and countries were first seen, and the layer lists of functions of which nothing is known. Alerts are not written. What an alert of high or critical severity names is not learned: its actor with all that it did, its layers and their publishers, and the functions that have them. What the stack knows already stays; a second run changes nothing.',
  exitCodes: {
    0: 'done',
    1: 'done but some input could not be read, or not all is written',
    130: 'cancelled',
  },
  load: (): typeof import('./run-learn') => require('./run-learn'),
});
