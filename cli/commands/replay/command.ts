import { defineCommand } from '../../define-command';
import { replayArguments, replayOptions } from './options';

export const replayCommand = defineCommand({
  name: 'replay',
  description: 'Runs CloudTrail logs through the detector on this machine; nothing leaves it.',
  arguments: replayArguments,
  options: replayOptions,
  callsAws: true,
  examples: [
    ['layerwatch replay', "the project's own sample set"],
    ['layerwatch replay ./AWSLogs --json > findings.ndjson'],
    ['zcat logs/*.json.gz | layerwatch replay -'],
    ['layerwatch replay ./AWSLogs --messages out --state .layerwatch'],
    [
      'layerwatch replay s3://trail-bucket/AWSLogs --account 123456789012 --from 2026-10-01 --state .layerwatch',
    ],
    ['layerwatch replay s3://trail-bucket/AWSLogs --from 2026-10-06 --to 2026-10-06 --notify'],
  ],
  notes:
    'Reads files and folders of CloudTrail logs, plain or gzip: {"Records":[...]}, arrays, single records, NDJSON, concatenated JSON, EventBridge envelopes and the output of LookupEvents. From S3, objects are fetched in parallel and read in order; with --state, a run that was cut off resumes where it was. It prints what it will read from S3 and about what that costs before it starts. Nobody is notified without --notify.',
  exitCodes: { 0: 'done', 1: 'done but some input could not be read' },
  load: (): typeof import('./run-replay') => require('./run-replay'),
});
