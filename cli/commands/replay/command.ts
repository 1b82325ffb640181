import { join } from 'node:path';
import { Command } from 'commander';
import { stackName } from '../../../lambda/contract';
import { escapeForDisplay } from '../../../lambda/text/untrusted-text';
import { runAwsCommand } from '../../aws/on-aws';
import { withAwsOptions } from '../../aws/options';
import { startDatabase } from '../../embedded/database';
import { EmbeddedTopic } from '../../embedded/topic';
import { type ExitCode, exitCode } from '../../exit-code';
import { OutputClosedError, writeLine } from '../../output/write-line';
import { isS3Address } from '../../s3/address';
import { readDetectionSettings } from '../../settings';
import type { PreparedReading } from './from-s3';
import { checkOptions, type ReplayOptions } from './options';
import { printForPeople } from './print-summary';
import { Progress } from './progress';
import { type Replayed, replay } from './replay';
import { type Summary, summaryLine } from './summary';

/** Records written for this project and a configuration that fits them, read when no path is given. */
const sampleFolder = join(__dirname, '..', '..', '..', 'samples');
const sampleSet = join(sampleFolder, 'logs');
const sampleConfiguration = join(sampleFolder, 'layerwatch.config.json');

const examples = `
Examples:
  layerwatch replay                                  the project's own sample set
  layerwatch replay ./AWSLogs --json > findings.ndjson
  zcat logs/*.json.gz | layerwatch replay -
  layerwatch replay ./AWSLogs --messages out --state .layerwatch
  layerwatch replay s3://trail-bucket/AWSLogs --account 123456789012 --from 2026-10-01 --state .layerwatch
  layerwatch replay s3://trail-bucket/AWSLogs --from 2026-10-06 --to 2026-10-06 --notify

Reads files and folders of CloudTrail logs, plain or gzip: {"Records":[...]}, arrays, single records, NDJSON,
concatenated JSON, EventBridge envelopes and the output of LookupEvents. From S3, objects are fetched in parallel and read
in order; with --state, a reading that was cut off goes on where it was. What it reads and about what that costs is said
before it starts. Nobody is told unless --notify is given.

Exit codes: 0 done, 1 done but some input could not be read, 2 wrong use, 3 AWS refused.`;

export function replayCommand(finish: (code: ExitCode) => void): Command {
  const command = new Command('replay')
    .description('Runs CloudTrail logs through the detector on this machine; nothing leaves it.')
    .argument('[PATH...]', 'file or folder of CloudTrail logs, s3://bucket/prefix, - for stdin')
    .option('--messages <DIR>', 'write every message that would be published into DIR')
    .option('--config <FILE>', 'configuration; layerwatch.config.json in this folder by default')
    .option('--state <DIR>', 'keep the tables in DIR between runs')
    .option('--account <IDS>', 'from S3: logs of these accounts only, with commas between')
    .option('--log-region <REGIONS>', 'from S3: logs of these regions only, with commas between')
    .option('--from <DAY>', 'from S3: logs of this day (UTC) and later ones')
    .option('--to <DAY>', 'from S3: logs of this day (UTC) and earlier ones')
    .option('--dry-run', 'from S3: say what would be read and what that costs, and read nothing')
    .option('--notify', 'hand what matches to the deployed detector, which stores it and tells people');
  return withAwsOptions(command, 'print one finding document a line')
    .addHelpText('after', examples)
    .exitOverride()
    .action(async (paths: readonly string[], options: ReplayOptions) => {
      checkOptions(paths, options);
      const needsAws = paths.some(isS3Address) || options.notify === true;
      finish(
        await (needsAws
          ? runAwsCommand(options, () => runReplay(paths, options))
          : runReplay(paths, options)),
      );
    });
}

async function runReplay(paths: readonly string[], options: ReplayOptions): Promise<ExitCode> {
  const isSample = paths.length === 0;
  const settings = readDetectionSettings(options.config ?? (isSample ? sampleConfiguration : undefined));
  const progress = new Progress(process.stderr);
  const address = paths.find(isS3Address);
  const prepared = address === undefined ? undefined : await prepare(address, options, progress);
  if (options.dryRun === true) return exitCode.done;
  const onMatch = options.notify === true ? await handOver(options) : undefined;
  const topic = new EmbeddedTopic(options.messages);
  const database = await startDatabase(options.state);
  try {
    const replayed = await replay({
      paths: isSample ? [sampleSet] : paths.filter((path) => !isS3Address(path)),
      settings,
      database,
      topic,
      onProblem: ({ file, place, reason }) =>
        progress.say(`${escapeForDisplay(file)}: ${escapeForDisplay(place)}: ${escapeForDisplay(reason)}`),
      onProgress: (done, total) => progress.show(done, total),
      ...(prepared === undefined ? {} : remoteOf(prepared)),
      ...(onMatch === undefined ? {} : { onMatch }),
    });
    progress.stop();
    await print(replayed, options.json === true);
    return conclude(replayed.summary);
  } finally {
    progress.stop();
    prepared?.reading.end();
    await database.close();
  }
}

/** The clients of AWS take longer to load than a replay of small logs. */
function prepare(address: string, options: ReplayOptions, progress: Progress): Promise<PreparedReading> {
  const { prepareReading } = require('./from-s3') as typeof import('./from-s3');
  return prepareReading(address, options, (line) => progress.say(line));
}

function handOver({ stack }: ReplayOptions): Promise<(record: unknown) => Promise<void>> {
  const { forwardToDetector } = require('./forward-to-detector') as typeof import('./forward-to-detector');
  return forwardToDetector(stack ?? stackName);
}

function remoteOf({ reading, bytes }: PreparedReading) {
  return {
    remote: { found: reading.found(), bytes },
    onFinished: (name: string) => reading.finished(name),
  };
}

/** A reader that went away, such as `head`, is no failure. */
async function print(replayed: Replayed, asJson: boolean): Promise<void> {
  try {
    if (!asJson) return await printForPeople(replayed, process.stdout);
    for await (const document of replayed.documents())
      await writeLine(process.stdout, JSON.stringify(document));
  } catch (error) {
    if (!(error instanceof OutputClosedError)) throw error;
  }
}

function conclude(summary: Summary): ExitCode {
  process.stderr.write(`${summaryLine(summary)}\n`);
  return summary.rejected > 0 ? exitCode.unreadableInput : exitCode.done;
}
