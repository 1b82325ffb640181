import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDbStateStore } from '../../../lambda/aws/dynamodb-state-store';
import type { StoredAlert } from '../../../lambda/detection/alert';
import type { DetectionSettings } from '../../../lambda/detection/settings';
import type { StateStore } from '../../../lambda/ports';
import { plural } from '../../../lambda/text/format';
import { findStack } from '../../aws/stack';
import { openDatabase } from '../../embedded/open-database';
import { EmbeddedTopic } from '../../embedded/topic';
import { CancelledError, NotDoneError } from '../../errors';
import { type ExitCode, exitCode } from '../../exit-code';
import type { AwsOptions } from '../../options';
import { formatProblem } from '../../output/format';
import { listenForInterruption } from '../../output/interruption';
import { terminalWidth } from '../../output/table';
import { writeLine } from '../../output/write-line';
import { isS3Address } from '../../s3/address';
import { readDetectionSettings } from '../../settings';
import { prepareReading } from '../replay/from-s3';
import { checkOptions } from '../replay/options';
import { Progress } from '../replay/progress';
import { replay } from '../replay/replay';
import { describeSkipped } from '../replay/skipped';
import { readEventHistory } from './event-history';
import { type Knowledge, knowledgeOf } from './knowledge';
import { NotingStateStore } from './noting-state-store';
import type { LearnOptions } from './options';
import { namesOf, nothingSevere, type SevereNames } from './severe';
import { alertLines, countsOf, learnedLine, refusedLines, refusedOf, summaryByBand } from './summary';
import { type Written, writeKnowledge } from './write-knowledge';

const clock = { now: () => new Date() };

/** What the records would have alerted, and what they teach. */
interface Lesson {
  readonly records: number;
  readonly rejected: number;
  readonly alerts: readonly StoredAlert[];
  readonly severe: SevereNames;
  readonly knowledge: Knowledge;
}

export async function run(paths: readonly string[], options: LearnOptions & AwsOptions): Promise<ExitCode> {
  const { dryRun, ...others } = options;
  checkOptions(paths, others);
  const settings = readDetectionSettings(options.config);
  const state = dryRun === true ? undefined : await openState(options.stack, settings);
  const lesson = await learn(paths, settings, options);
  if (options.json === true) await writeLine(process.stdout, JSON.stringify(jsonOf(lesson, options)));
  else for (const line of linesOf(lesson, options)) await writeLine(process.stdout, line);
  if (state === undefined) process.stderr.write('nothing was written\n');
  else await write(lesson.knowledge, state);
  return lesson.rejected > 0 ? exitCode.unreadableInput : exitCode.done;
}

async function openState(stackName: string, { retentionDays }: DetectionSettings): Promise<StateStore> {
  const stack = await findStack(stackName);
  const table = stack.physicalId('AWS::DynamoDB::Table', 'TablesState');
  return new DynamoDbStateStore(new DynamoDBClient({}), table, retentionDays, clock);
}

/** Runs the records through the embedded pipeline, beginning with no knowledge. */
async function learn(
  paths: readonly string[],
  settings: DetectionSettings,
  options: LearnOptions,
): Promise<Lesson> {
  const progress = new Progress(process.stderr);
  const source = await sourceOf(paths, options, (line) => progress.print(line));
  const database = await openDatabase();
  try {
    const state = new NotingStateStore(database, settings.retentionDays, clock);
    const replayed = await replay({
      paths: paths.filter((path) => !isS3Address(path)),
      settings,
      database,
      state,
      topic: new EmbeddedTopic(),
      onProblem: (problem) => progress.print(formatProblem(problem)),
      onProgress: (done) => progress.show(done),
      onSkipped: (skipped) => progress.print(describeSkipped(skipped)),
      ...(source.remote === undefined ? {} : { remote: source.remote }),
    });
    const alerts: StoredAlert[] = [];
    for await (const alert of replayed.alerts()) alerts.push(alert);
    const severe = options.includeSevere === true ? nothingSevere : namesOf(alerts);
    const knowledge = knowledgeOf(state.seenByActor, await state.allHistories(), severe);
    const { records, rejected } = replayed.summary;
    return { records, rejected, alerts, severe, knowledge };
  } finally {
    progress.stop();
    source.end();
    await database.close();
  }
}

async function sourceOf(paths: readonly string[], options: LearnOptions, print: (line: string) => void) {
  const address = paths.find(isS3Address);
  if (address !== undefined) {
    const { reading, bytes } = await prepareReading(address, options, print);
    return { remote: { found: reading.found(), bytes }, end: () => reading.end() };
  }
  return { remote: paths.length === 0 ? await readEventHistory(clock.now()) : undefined, end: () => {} };
}

function linesOf({ records, alerts, severe, knowledge }: Lesson, options: LearnOptions): readonly string[] {
  const width = terminalWidth();
  const refused = refusedOf(severe);
  const verb = options.dryRun === true ? 'Would learn' : 'Learns';
  return [
    `What ${plural(records, 'record')} would have alerted:`,
    ...alertLines(summaryByBand(alerts), width),
    '',
    `${verb} ${learnedLine(countsOf(knowledge))}.`,
    ...(refused.length === 0
      ? []
      : [
          '',
          'Not learned, because an alert of high or critical severity names it, nor what is only known with it:',
          ...refusedLines(refused, width),
          'Look at these alerts first. --include-severe learns all of it.',
        ]),
  ];
}

function jsonOf({ records, rejected, alerts, severe, knowledge }: Lesson, options: LearnOptions) {
  return {
    records,
    rejected,
    alerts: summaryByBand(alerts),
    learned: countsOf(knowledge),
    not_learned: refusedOf(severe),
    dry_run: options.dryRun === true,
  };
}

/** @throws {CancelledError} after Ctrl-C, with what is written */
async function write(knowledge: Knowledge, state: StateStore): Promise<void> {
  const { signal, stop } = listenForInterruption();
  try {
    const result = await writeKnowledge(knowledge, state, signal);
    if (signal.aborted) throw new CancelledError(`cancelled; ${describe(result)}`);
    if (result.missing > 0) throw new NotDoneError(`${describe(result)}; run the command again`);
    process.stderr.write(`${describe(result)}\n`);
  } finally {
    stop();
  }
}

function describe({ written, known, missing }: Written): string {
  const rest = missing === 0 ? '' : `, ${missing} not written`;
  return `${plural(written, 'item')} written, ${known} known already${rest}`;
}
