import { join } from 'node:path';
import { Command } from 'commander';
import { showAsText } from '../../lambda/detection/hostile-text';
import { startDatabase } from '../embedded/database';
import { EmbeddedTopic } from '../embedded/topic';
import { type ExitCode, exitCode } from '../exit-code';
import { OutputClosedError, writeLine } from '../output/write-line';
import { readDetectionSettings } from '../settings';
import { printForPeople } from './for-people';
import { Progress } from './progress';
import { type Replayed, replay } from './replay';
import { type Summary, summaryLine } from './summary';

interface ReplayOptions {
  readonly json?: boolean;
  readonly messages?: string;
  readonly config?: string;
  readonly state?: string;
}

/** Records written for this project and a configuration that fits them, read when no path is given. */
const sampleFolder = join(__dirname, '..', '..', 'samples');
const sampleSet = join(sampleFolder, 'logs');
const sampleConfiguration = join(sampleFolder, 'layerwatch.config.json');

const examples = `
Examples:
  layerwatch replay                                  the project's own sample set
  layerwatch replay ./AWSLogs --json > findings.ndjson
  zcat logs/*.json.gz | layerwatch replay -
  layerwatch replay ./AWSLogs --messages out --state .layerwatch

Reads files and folders of CloudTrail logs, plain or gzip: {"Records":[...]}, arrays, single records, NDJSON,
concatenated JSON, EventBridge envelopes and the output of LookupEvents.

Exit codes: 0 done, 1 done but some input could not be read, 2 wrong use.`;

export function replayCommand(finish: (code: ExitCode) => void): Command {
  return new Command('replay')
    .description('Runs CloudTrail logs through the detector on this machine; nothing leaves it.')
    .argument('[PATH...]', 'file or folder of CloudTrail logs, - for stdin')
    .option('--json', 'print one finding document a line')
    .option('--messages <DIR>', 'write every message that would be published into DIR')
    .option('--config <FILE>', 'configuration; layerwatch.config.json in this folder by default')
    .option('--state <DIR>', 'keep the tables in DIR between runs')
    .addHelpText('after', examples)
    .exitOverride()
    .action(async (paths: readonly string[], options: ReplayOptions) =>
      finish(await runReplay(paths, options)),
    );
}

async function runReplay(paths: readonly string[], options: ReplayOptions): Promise<ExitCode> {
  const isSample = paths.length === 0;
  const settings = readDetectionSettings(options.config ?? (isSample ? sampleConfiguration : undefined));
  const topic = new EmbeddedTopic(options.messages);
  const database = await startDatabase(options.state);
  const progress = new Progress(process.stderr);
  try {
    const replayed = await replay({
      paths: isSample ? [sampleSet] : paths,
      settings,
      database,
      topic,
      onProblem: ({ file, place, reason }) =>
        progress.say(`${showAsText(file)}: ${showAsText(place)}: ${showAsText(reason)}`),
      onProgress: (done, total) => progress.show(done, total),
    });
    progress.stop();
    await print(replayed, options.json === true);
    return conclude(replayed.summary);
  } finally {
    progress.stop();
    await database.close();
  }
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
