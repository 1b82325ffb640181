import { documentOf, occurrencesOf } from '../../lambda/detection/alert';
import { processRecord } from '../../lambda/pipeline/process-record';
import { type SweepDependencies, sweep } from '../../lambda/sweep/sweep';
import { givenUpdate, layerVersion } from '../fixtures/records';
import { PipelineHarness } from '../harness/pipeline-harness';
import { sweepDependencies } from '../harness/sweep-harness';
import { CallLog, type CrashPoint, untilCrash } from './crash';

/** Who continues after the crash, in this order. */
const recoveries = [['retry'], ['sweep'], ['retry', 'sweep'], ['sweep', 'retry']] as const;
type Recovery = (typeof recoveries)[number];

export interface Cell {
  readonly crash: string;
  readonly recovery: string;
  /** Records whose alert is not there in the end, or that nobody was notified of. */
  readonly lost: readonly string[];
  /** Whether every record is counted once. */
  readonly isCountExact: boolean;
  /** Notifications beyond one for each record. */
  readonly repeated: number;
  /** Whether SNS had accepted, and the note of it was not written. */
  readonly mayRepeat: boolean;
}

const base = layerVersion('base', 4);
const foreign = layerVersion('boto-utils', 3, '999988887777');
const at = (minute: number) => ({ eventTime: `2026-10-06T09:${String(minute).padStart(2, '0')}:00Z` });
const watched = ['alerts', 'state', 'budget', 'publisher'] as const;

/** The record under test, and those that were processed before it. */
interface Case {
  readonly name: string;
  readonly earlier: readonly unknown[];
  readonly record: unknown;
  /** Event ids that people have to be notified of. */
  readonly news: readonly string[];
}

const attach = givenUpdate([base, foreign], at(1));
const again = givenUpdate([base, foreign], at(3));
const cases: readonly Case[] = [
  { name: 'an attach', earlier: [givenUpdate([base], at(0))], record: attach, news: [idOf(attach)] },
  {
    name: 'a late removal, behind which a layer was put on again',
    earlier: [givenUpdate([base], at(0)), attach, again],
    record: givenUpdate([base], at(2)),
    news: [idOf(attach), idOf(again)],
  },
];

function idOf(record: unknown): string {
  return (record as { readonly eventID: string }).eventID;
}

/** A crash before and after every call on the way of a record, with every recovery. */
export async function pipelineMatrix(): Promise<readonly Cell[]> {
  const cells: Cell[] = [];
  for (const each of cases)
    for (const point of await crashPoints(each))
      for (const recovery of recoveries) cells.push(await pipelineCell(each, point, recovery));
  return cells;
}

async function crashPoints({ earlier, record }: Case): Promise<readonly CrashPoint[]> {
  const log = new CallLog();
  await withHarness(async (harness) => {
    for (const each of earlier) await harness.process(each);
    await processRecord(record, log.through(harness.ports, watched), harness.options);
  });
  return log.names.flatMap((_, call) => [
    { call, side: 'before' as const },
    { call, side: 'after' as const },
  ]);
}

async function withHarness<T>(
  work: (harness: PipelineHarness) => Promise<T>,
  ...settings: Parameters<typeof PipelineHarness.start>
): Promise<T> {
  const harness = await PipelineHarness.start(...settings);
  try {
    return await work(harness);
  } finally {
    await harness.stop();
  }
}

function pipelineCell({ name, earlier, record, news }: Case, crash: CrashPoint, recovery: Recovery) {
  return withHarness(async (harness): Promise<Cell> => {
    for (const each of earlier) await harness.process(each);
    const log = new CallLog(crash);
    await untilCrash(() => processRecord(record, log.through(harness.ports, watched), harness.options));
    for (const step of recovery) {
      harness.advanceSeconds(600);
      if (step === 'retry') await harness.process(record);
      else await sweep(sweepDependencies(harness, [record]), sweepOptions(harness));
    }
    // What the retry does not finish, the next sweep does.
    harness.advanceSeconds(600);
    await sweep(sweepDependencies(harness, [record]), sweepOptions(harness));
    const last = log.names.at(-1) ?? '';
    return {
      crash: `${name}: ${crash.side} call ${crash.call} ${last}`,
      recovery: recovery.join(', '),
      ...(await resultOf(harness, news, [record, ...earlier])),
      mayRepeat: isAcceptedUnnoted(log, crash),
    };
  });
}

async function resultOf(harness: PipelineHarness, news: readonly string[], records: readonly unknown[]) {
  const notified = harness.topic.published.map(({ document }) => document.event.id);
  const counts = await Promise.all(records.map((record) => countOf(harness, record)));
  return {
    lost: news.filter((id) => !notified.includes(id)),
    isCountExact: counts.every(Boolean),
    repeated: notified.length - new Set(notified).size,
  };
}

/** Whether the alert of a record has it, and counts each of its records once. */
async function countOf(harness: PipelineHarness, record: unknown): Promise<boolean> {
  const outcome = await harness.process(record);
  if (outcome.kind !== 'alert' || outcome.outcome !== 'duplicate') return false;
  return (
    occurrencesOf(outcome.alert) === outcome.alert.recordIds.size &&
    documentOf(outcome.alert).layerwatch.event_ids.includes(idOf(record))
  );
}

/** The crash came behind a publish, and before the write that notes it was done. */
function isAcceptedUnnoted({ names }: CallLog, { side }: CrashPoint): boolean {
  const last = names.at(-1);
  if (last === 'publisher.publish') return side === 'after';
  return last === 'alerts.write' && side === 'before' && names.at(-2) === 'publisher.publish';
}

function sweepOptions(harness: PipelineHarness) {
  const eventNames = ['StopLogging', 'UpdateFunctionConfiguration20150331v2'];
  return { ...harness.options, remainingMilliseconds: () => 480_000, eventNames };
}

/** Calls of a sweep that has something to do in each of its jobs. */
const sweepWatched = [...watched, 'undelivered', 'history', 'progress', 'lease'] as const;

/** Every crash within a sweep that finishes one alert, names another in a digest, and finds a third; then the next sweep. */
export async function sweepMatrix(): Promise<readonly Cell[]> {
  const log = new CallLog();
  await withHarness(async (harness) => {
    const dependencies = await givenWorkForSweep(harness);
    await sweep(log.through(dependencies, sweepWatched), sweepOptions(harness));
  }, tightBudget);
  const cells: Cell[] = [];
  for (const call of log.names.keys())
    for (const side of ['before', 'after'] as const) cells.push(await sweepCell({ call, side }));
  return cells;
}

const tightBudget = { notificationBudget: { count: 2, minutes: 10 } };
const pending = givenUpdate([foreign], at(20), 'pending');
const missed = givenUpdate([foreign], at(40), 'missed');

async function givenWorkForSweep(harness: PipelineHarness): Promise<SweepDependencies> {
  const spent = ['a', 'b', 'withheld'].map((name) => givenUpdate([base], at(1), name));
  for (const record of spent) await harness.process(record);
  harness.topic.refuseNext(1);
  await harness.process(pending).catch(() => undefined);
  harness.advanceSeconds(60);
  return sweepDependencies(harness, [missed]);
}

function sweepCell(crash: CrashPoint): Promise<Cell> {
  return withHarness(async (harness): Promise<Cell> => {
    const dependencies = await givenWorkForSweep(harness);
    const log = new CallLog(crash);
    await untilCrash(() => sweep(log.through(dependencies, sweepWatched), sweepOptions(harness)));
    for (let run = 0; run < 2; run++) {
      harness.advanceSeconds(600);
      await sweep(dependencies, sweepOptions(harness));
    }
    const result = await resultOf(harness, [idOf(pending), idOf(missed)], [pending, missed]);
    const digests = harness.topic.digests;
    const isDigestUnnoted = log.names.includes('publisher.publish');
    return {
      crash: `${crash.side} call ${crash.call} ${log.names.at(-1)}`,
      recovery: 'next sweep',
      ...result,
      lost: digests === 0 ? [...result.lost, 'the digest'] : result.lost,
      repeated: result.repeated + Math.max(0, digests - 1),
      mayRepeat: isDigestUnnoted,
    };
  }, tightBudget);
}
