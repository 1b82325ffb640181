import { property } from '../../../lambda/detection/json';
import { parseRecord } from '../../../lambda/detection/record';
import { classifiedEventNamePrefixes } from '../../../lambda/detection/watched-calls';
import { readLogs } from '../../../lambda/logs/read-logs';
import { openDatabase } from '../../embedded/open-database';
import { embeddedPipeline } from '../../embedded/pipeline';
import { EmbeddedTopic } from '../../embedded/topic';
import { NotDoneError } from '../../errors';
import { type ExitCode, exitCode } from '../../exit-code';
import { formatProblem } from '../../output/format';
import { writeLine } from '../../output/write-line';
import { readDetectionSettings } from '../../settings';
import { describeSteps, explain } from './explain';
import type { ExplainOptions } from './options';

export async function run(file: string, { eventId, config, json }: ExplainOptions): Promise<ExitCode> {
  const settings = readDetectionSettings(config);
  const records = await readRecords(file, eventId);
  const chosen = records.at(-1);
  if (chosen === undefined || (eventId !== undefined && eventIdOf(chosen) !== eventId))
    throw new NotDoneError(
      eventId === undefined
        ? `${file} holds no record of Lambda functions or layers`
        : `${file} holds no record ${eventId}`,
    );
  const database = await openDatabase();
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

/** The records up to the one to explain. */
async function readRecords(file: string, eventId: string | undefined): Promise<readonly unknown[]> {
  const logs = readLogs([file], {
    // A file of one record is explained, whatever the record is.
    eventNamePrefixes: eventId === undefined ? [''] : classifiedEventNamePrefixes,
    onProblem: (problem) => process.stderr.write(`${formatProblem(problem)}\n`),
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
