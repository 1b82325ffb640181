import { defineCommand } from '../../define-command';
import { doctorOptions } from './options';

export const doctorCommand = defineCommand({
  name: 'doctor',
  description:
    'Checks whether a layer change would be seen and notified, and how to fix what would prevent it.',
  options: doctorOptions,
  callsAws: true,
  examples: [
    ['layerwatch doctor', 'after a deployment, and when there was no alert for long'],
    [`layerwatch doctor --json | jq 'select(.status == "failed")'`],
  ],
  notes: 'Changes nothing. A check that your role may not make is skipped, with the reason.',
  exitCodes: { 0: 'every check passed', 1: 'a check failed' },
  load: (): typeof import('./run-doctor') => require('./run-doctor'),
});
