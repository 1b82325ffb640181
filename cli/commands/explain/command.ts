import { Command } from 'commander';
import { property } from '../../../lambda/detection/json';
import { parseRecord } from '../../../lambda/detection/record';
import { classifiedEventNamePrefixes } from '../../../lambda/detection/watched-calls';
import { readLogs } from '../../../lambda/logs/read-logs';
import { escapeForDisplay } from '../../../lambda/text/untrusted-text';
import { startDatabase } from '../../embedded/database';
import { embeddedPipeline } from '../../embedded/pipeline';
import { EmbeddedTopic } from '../../embedded/topic';
import { type ExitCode, exitCode } from '../../exit-code';
import { writeLine } from '../../output/write-line';
import { readDetectionSettings } from '../../settings';
import { describeSteps, explain } from './explain';

interface ExplainOptions {
  readonly eventId?: string;
  readonly config?: string;
  readonly json?: boolean;
}

const examples = `
Examples:
  layerwatch explain record.json                       the last record of the file
  layerwatch explain day.json.gz --event-id 1111...    one of many, with those before it as history

Says whether the record matches and why, what the change is, every factor of its risk, which exception applies, and into
which alert it folds. Nothing is kept and nobody is told.

Exit codes: 0 done, 1 no such record or unreadable input, 2 wrong use.`;

export function explainCommand(finish: (code: ExitCode) => void): Command {
  return new Command('explain')
    .description('Says step by step what becomes of one record, and why.')
    .argument('<FILE>', 'file of CloudTrail records, - for stdin')
    .option('--event-id <ID>', 'explain this one; the last of the file by default')
    .option('--config <FILE>', 'configuration; layerwatch.config.json in this folder by default')
    .option('--json', 'print one step a line')
    .addHelpText('after', examples)
    .exitOverride()
    .action(async (file: string, options: ExplainOptions) => finish(await runExplain(file, options)));
}

async function runExplain(file: string, { eventId, config, json }: ExplainOptions): Promise<ExitCode> {
  const settings = readDetectionSettings(config);
  const records = await readAll(file, eventId);
  const chosen = records.at(-1);
  if (chosen === undefined || (eventId !== undefined && eventIdOf(chosen) !== eventId)) {
    const what =
      eventId === undefined
        ? 'no record of Lambda functions or layers'
        : `no record ${escapeForDisplay(eventId)}`;
    process.stderr.write(`layerwatch: ${escapeForDisplay(file)} holds ${what}\n`);
    return exitCode.unreadableInput;
  }
  const database = await startDatabase();
  try {
    const pipeline = embeddedPipeline({ settings, database, topic: new EmbeddedTopic() });
    for (const record of records.slice(0, -1)) await pipeline.process(record);
    const steps = await explain(chosen, settings, pipeline.process);
    if (json === true) for (const step of steps) await writeLine(process.stdout, JSON.stringify(step));
    else await writeLine(process.stdout, describeSteps(steps));
    return exitCode.done;
  } finally {
    await database.close();
  }
}

/** The records up to the one that is asked for. */
async function readAll(file: string, eventId: string | undefined): Promise<readonly unknown[]> {
  const logs = readLogs([file], {
    // Whatever a file of one record holds is to be explained.
    prefilterTerms:
      eventId === undefined ? [...classifiedEventNamePrefixes, 'eventName'] : classifiedEventNamePrefixes,
    onProblem: ({ place, reason }) =>
      process.stderr.write(
        `${escapeForDisplay(file)}: ${escapeForDisplay(place)}: ${escapeForDisplay(reason)}\n`,
      ),
  });
  const records: unknown[] = [];
  for await (const { record } of logs.candidates) {
    records.push(record);
    if (eventId !== undefined && eventIdOf(record) === eventId) break;
  }
  return records;
}

function eventIdOf(record: unknown): unknown {
  const parsed = parseRecord(record);
  return parsed.kind === 'record' ? parsed.record.eventId : property(record, 'eventID');
}
