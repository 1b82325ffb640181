import { defineCommand } from '../../define-command';
import { reportArguments, reportOptions } from './options';

export const reportCommand = defineCommand({
  name: 'report',
  description: 'Writes a report as one HTML file.',
  arguments: reportArguments,
  options: reportOptions,
  callsAws: true,
  examples: [
    ['layerwatch report --since 30d', "the deployed stack's alerts"],
    ['layerwatch report ./AWSLogs -o september.html', 'logs on this machine, without AWS'],
    ['layerwatch replay ./AWSLogs --json | layerwatch report --findings - -o report.html'],
  ],
  notes:
    'The file needs no other file and no network: filters, search, a chart, a sortable table, what to do for each alert, light and dark, for a phone and for paper.',
  exitCodes: { 0: 'done', 1: 'done but some input could not be read' },
  load: (): typeof import('./run-report') => require('./run-report'),
});
