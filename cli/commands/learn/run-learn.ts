import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDbStateStore } from '../../../lambda/aws/dynamodb-state-store';
import type { DetectionSettings } from '../../../lambda/detection/settings';
import { systemClock } from '../../../lambda/handlers/environment';
import type { StateStore } from '../../../lambda/ports';
import { plural } from '../../../lambda/text/format';
import { findStack } from '../../aws/stack';
import { CancelledError, NotDoneError } from '../../errors';
import { type ExitCode, exitCode } from '../../exit-code';
import type { AwsOptions } from '../../options';
import { listenForInterruption } from '../../output/interruption';
import { terminalWidth } from '../../output/table';
import { writeLine } from '../../output/write-line';
import { readDetectionSettings } from '../../settings';
import { checkOptions } from '../replay/options';
import type { Knowledge } from './knowledge';
import { type Lesson, learn } from './lesson';
import type { LearnOptions } from './options';
import { alertLines, countsOf, learnedLine, refusedLines, refusedOf, summaryByBand } from './summary';
import { type Written, writeKnowledge } from './write-knowledge';

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
  return new DynamoDbStateStore(new DynamoDBClient({}), table, retentionDays, systemClock);
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
          'Not learned, because an alert of high or critical severity names it:',
          ...refusedLines(refused, width),
          '',
          'Nothing else that these actors did is learned either. Look into these alerts first;',
          '--include-severe then learns all of it.',
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
