import { defineCommand } from '../../define-command';
import { selftestOptions } from './options';

export const selftestCommand = defineCommand({
  name: 'selftest',
  description: 'Runs an end-to-end test, from a call of Lambda to the notification.',
  options: selftestOptions,
  callsAws: true,
  examples: [['layerwatch selftest', 'after a deployment'], ['layerwatch selftest --timeout 30 --json']],
  notes:
    'Publishes a harmless layer version of its own name (layerwatch-selftest-...), waits until its alert is in the table and SNS has accepted the notification, reports how long that took, deletes the layer version and closes the alert. The notification is a real one: every subscriber receives it.',
  exitCodes: { 0: 'passed', 1: 'no alert or no notification in time' },
  load: (): typeof import('./run-selftest') => require('./run-selftest'),
});
