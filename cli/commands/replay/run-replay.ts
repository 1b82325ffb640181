import { join } from 'node:path';
import { openDatabase } from '../../embedded/open-database';
import { EmbeddedTopic } from '../../embedded/topic';
import { OutputClosedError } from '../../errors';
import { type ExitCode, exitCode } from '../../exit-code';
import type { AwsOptions } from '../../options';
import { formatProblem } from '../../output/format';
import { writeLine } from '../../output/write-line';
import { isS3Address } from '../../s3/address';
import { readDetectionSettings } from '../../settings';
import type { PreparedReading } from './from-s3';
import { checkOptions, type ReplayOptions } from './options';
import { printSummary } from './print-summary';
import { Progress } from './progress';
import { type Replayed, replay } from './replay';
import { describeSkipped } from './skipped';
import { describeUnchecked, summaryLine } from './summary';

/** Records written for this project and a configuration that fits them, read when no path is given. */
const sampleFolder = join(__dirname, '..', '..', '..', 'samples');
const sampleSet = join(sampleFolder, 'logs');
const sampleConfiguration = join(sampleFolder, 'layerwatch.config.json');

/** Loaded where they are needed: the clients of AWS take longer to load than a replay of small logs. */
const loadS3 = (): typeof import('./from-s3') => require('./from-s3');
const loadForwarding = (): typeof import('./forward-to-detector') => require('./forward-to-detector');

export async function run(paths: readonly string[], options: ReplayOptions & AwsOptions): Promise<ExitCode> {
  checkOptions(paths, options);
  const isSample = paths.length === 0;
  const settings = readDetectionSettings(options.config ?? (isSample ? sampleConfiguration : undefined));
  const progress = new Progress(process.stderr);
  const address = paths.find(isS3Address);
  const prepared =
    address === undefined
      ? undefined
      : await loadS3().prepareReading(address, options, (line) => progress.print(line));
  if (options.dryRun === true) return exitCode.done;
  const onMatch =
    options.notify === true ? await loadForwarding().forwardToDetector(options.stack) : undefined;
  const topic = new EmbeddedTopic(options.messages);
  const database = await openDatabase(options.state);
  try {
    const replayed = await replay({
      paths: isSample ? [sampleSet] : paths.filter((path) => !isS3Address(path)),
      settings,
      database,
      topic,
      onProblem: (problem) => progress.print(formatProblem(problem)),
      onProgress: (done) => progress.show(done),
      onSkipped: (skipped) => progress.print(describeSkipped(skipped)),
      ...(prepared === undefined ? {} : remoteOf(prepared)),
      ...(onMatch === undefined ? {} : { onMatch }),
    });
    progress.stop();
    await printResults(replayed, options.json === true);
    const unchecked = describeUnchecked(replayed.summary);
    if (unchecked !== undefined) process.stderr.write(`${unchecked}\n`);
    process.stderr.write(`${summaryLine(replayed.summary)}\n`);
    return replayed.summary.rejected > 0 ? exitCode.unreadableInput : exitCode.done;
  } finally {
    progress.stop();
    prepared?.reading.end();
    await database.close();
  }
}

function remoteOf({ reading, bytes }: PreparedReading) {
  return {
    remote: { found: reading.found(), bytes },
    onFinished: (name: string) => reading.finished(name),
  };
}

/** A closed stdout, as after `head`, does not change the summary and the exit code. */
async function printResults(replayed: Replayed, asJson: boolean): Promise<void> {
  try {
    if (!asJson) return await printSummary(replayed, process.stdout);
    for await (const document of replayed.documents())
      await writeLine(process.stdout, JSON.stringify(document));
  } catch (error) {
    if (!(error instanceof OutputClosedError)) throw error;
  }
}
