import { DynamoDbSweepProgress } from '../../lambda/aws/dynamodb-progress';
import { DynamoDbUndeliveredAlerts } from '../../lambda/aws/dynamodb-undelivered-alerts';
import type { PipelineDependencies } from '../../lambda/pipeline/dependencies';
import { type SweepDependencies, sweep } from '../../lambda/sweep/sweep';
import { givenUpdate, layerVersion } from '../fixtures/records';
import { PipelineHarness } from '../harness/pipeline-harness';
import { Crash, crashingAt, type Side } from './crash';

/** Calls out of the way of one record, in their order: port and method. */
const pipelineCalls = [
  ['alerts', 'read'],
  ['memory', 'recall'],
  ['alerts', 'create'],
  ['memory', 'setBaseline'],
  ['memory', 'remember'],
  ['budget', 'reserve'],
  ['publisher', 'publish'],
  ['alerts', 'confirm'],
] as const;

/** Calls out of a sweep that has something to do in each of its jobs. */
const sweepCalls = [
  ['undelivered', 'list'],
  ['alerts', 'claim'],
  ['publisher', 'publish'],
  ['alerts', 'confirm'],
  ['undelivered', 'markDigested'],
  ['progress', 'read'],
  ['history', 'lookUp'],
  ['alerts', 'create'],
  ['memory', 'setBaseline'],
  ['progress', 'write'],
] as const;

/** Who goes on after the crash, in this order. */
const recoveries = [['retry'], ['sweep'], ['retry', 'sweep'], ['sweep', 'retry']] as const;

export interface Cell {
  readonly crash: string;
  readonly recovery: string;
  /** Alerts that are not there in the end, or that nobody was told of. */
  readonly lost: number;
  /** Whether every record is counted once. */
  readonly countExact: boolean;
  readonly notifications: number;
  /** Where SNS had accepted and the note of it had not been written. */
  readonly mayRepeat: boolean;
}

const base = layerVersion('base', 4);
const foreignLayer = layerVersion('boto-utils', 3, '999988887777');
const at = (minute: number) => ({ eventTime: `2026-10-06T09:${String(minute).padStart(2, '0')}:00Z` });

/** Every crash on the way of a record, with every recovery. */
export async function pipelineMatrix(): Promise<readonly Cell[]> {
  const cells: Cell[] = [];
  for (const [port, method] of pipelineCalls)
    for (const side of ['before', 'after'] as const)
      for (const recovery of recoveries) cells.push(await pipelineCell(port, method, side, recovery));
  return cells;
}

async function pipelineCell(
  port: 'alerts' | 'memory' | 'budget' | 'publisher',
  method: string,
  side: Side,
  recovery: readonly ('retry' | 'sweep')[],
): Promise<Cell> {
  const bench = await PipelineHarness.start();
  try {
    await bench.process(givenUpdate([base], at(0)));
    const told = bench.topic.published.length;
    const record = givenUpdate([base, foreignLayer], at(1));
    const done = { crashed: false };
    const broken = {
      [port]: crashingAt(bench.ports[port], method, side, done),
    } as Partial<PipelineDependencies>;
    await crashes(() => bench.processWith(broken, record), done);
    for (const step of recovery) {
      bench.advanceSeconds(60);
      if (step === 'retry') await bench.process(record);
      else await sweep(sweepPorts(bench, [record]), sweepOptions(bench));
    }
    const outcome = await bench.process(record);
    if (outcome.kind !== 'alert') throw new Error(outcome.kind);
    const { occurrences, change } = (await bench.document(outcome.alertId)).layerwatch;
    const notifications = bench.topic.published.length - told;
    return {
      crash: `${side} ${port}.${method}`,
      recovery: recovery.join(', '),
      lost: notifications === 0 || change.kind !== 'added' ? 1 : 0,
      countExact: occurrences === 1,
      notifications,
      mayRepeat: `${side} ${method}` === 'after publish' || `${side} ${method}` === 'before confirm',
    };
  } finally {
    await bench.stop();
  }
}

/** Every crash within a sweep that finishes one alert, tells of another, and finds a third; then the next sweep. */
export async function sweepMatrix(): Promise<readonly Cell[]> {
  const cells: Cell[] = [];
  for (const [port, method] of sweepCalls)
    for (const side of ['before', 'after'] as const) cells.push(await sweepCell(port, method, side));
  return cells;
}

async function sweepCell(port: keyof SweepDependencies & string, method: string, side: Side): Promise<Cell> {
  const bench = await PipelineHarness.start({ notificationBudget: { count: 2, minutes: 10 } });
  try {
    const spent = ['a', 'b', 'withheld'].map((name) => givenUpdate([base], at(1), name));
    for (const record of spent) await bench.process(record);
    const pending = givenUpdate([foreignLayer], at(20), 'pending');
    bench.topic.refuseNext(1);
    await bench.process(pending).catch(() => undefined);
    const missed = givenUpdate([foreignLayer], at(40), 'missed');
    bench.advanceSeconds(60);
    const ports = sweepPorts(bench, [missed]);
    const told = bench.topic.published.length;
    const digests = { count: 0 };
    const counting = countingDigests(ports, digests);
    const done = { crashed: false };
    const target = counting[port] as object;
    const broken = { ...counting, [port]: crashingAt(target, method, side, done) } as SweepDependencies;
    await crashes(() => sweep(broken, sweepOptions(bench)), done);
    bench.advanceSeconds(600);
    await sweep(counting, sweepOptions(bench));
    await sweep(counting, sweepOptions(bench));
    const outcomes = [await bench.process(pending), await bench.process(missed)];
    const exact = outcomes.every(
      (outcome) =>
        outcome.kind === 'alert' && outcome.alert.occurrences === 1 && outcome.outcome === 'duplicate',
    );
    const alerts = bench.topic.published.length - told;
    return {
      crash: `${side} ${port}.${method}`,
      recovery: 'next sweep',
      lost: Math.max(0, 2 - alerts) + (digests.count === 0 ? 1 : 0),
      countExact: exact,
      notifications: alerts + digests.count,
      mayRepeat: ['after publish', 'before confirm', 'before markDigested', 'after markDigested'].includes(
        `${side} ${method}`,
      ),
    };
  } finally {
    await bench.stop();
  }
}

/** The topic of the tests keeps alerts only. */
function countingDigests(ports: SweepDependencies, digests: { count: number }): SweepDependencies {
  const publisher: SweepDependencies['publisher'] = {
    publish: async (notification) => {
      if (!notification.alertId.startsWith('digest-')) return ports.publisher.publish(notification);
      digests.count++;
      return { messageId: 'digest' };
    },
  };
  return { ...ports, publisher };
}

function sweepPorts(bench: PipelineHarness, missed: readonly unknown[]): SweepDependencies {
  const { client, tables } = bench.database;
  return {
    ...bench.ports,
    history: {
      lookUp: async ({ eventName }) => ({
        records: missed.filter((record) => (record as { eventName?: unknown }).eventName === eventName),
        nextToken: undefined,
      }),
    },
    progress: new DynamoDbSweepProgress(client, tables.state),
    pause: async () => {},
    undelivered: new DynamoDbUndeliveredAlerts(client, tables.alerts, bench.ports.clock),
    seed: {
      functions: { page: async () => ({ functions: [], next: undefined }) },
      progress: { read: async () => undefined, write: async () => {} },
    },
  };
}

function sweepOptions(bench: PipelineHarness) {
  return { ...bench.options, hasTimeLeft: () => true };
}

/** A crash that does not come means the call is not on the way any more, and the matrix has to be mended. */
async function crashes(work: () => Promise<unknown>, done: { readonly crashed: boolean }): Promise<void> {
  try {
    await work();
  } catch (error) {
    if (!isCrash(error)) throw error;
  }
  if (!done.crashed) throw new Error('the work never came to the call that should crash');
}

function isCrash(error: unknown): boolean {
  if (error instanceof AggregateError) return error.errors.every(isCrash);
  return error instanceof Crash;
}
