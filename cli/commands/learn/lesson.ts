import type { StoredAlert } from '../../../lambda/detection/alert';
import type { DetectionSettings } from '../../../lambda/detection/settings';
import { systemClock } from '../../../lambda/handlers/environment';
import { openDatabase } from '../../embedded/open-database';
import { EmbeddedTopic } from '../../embedded/topic';
import { CancelledError } from '../../errors';
import { formatProblem } from '../../output/format';
import { listenForInterruption } from '../../output/interruption';
import { isS3Address } from '../../s3/address';
import { prepareReading } from '../replay/from-s3';
import { Progress } from '../replay/progress';
import { type ReplayInput, replay } from '../replay/replay';
import { describeSkipped } from '../replay/skipped';
import { readEventHistory } from './event-history';
import { type Knowledge, knowledgeOf } from './knowledge';
import { NotingStateStore } from './noting-state-store';
import type { LearnOptions } from './options';
import { namesOf, nothingSevere, type SevereNames } from './severe';

/** What records would have alerted, and what they teach. */
export interface Lesson {
  readonly records: number;
  /** Pieces of input that could not be read. */
  readonly rejected: number;
  readonly alerts: readonly StoredAlert[];
  /** What is not learned. */
  readonly severe: SevereNames;
  readonly knowledge: Knowledge;
}

type Input = Pick<ReplayInput, 'paths' | 'settings' | 'onProblem' | 'onProgress' | 'onSkipped'> & {
  readonly remote?: ReplayInput['remote'];
  readonly includesSevere: boolean;
};

/**
 * Reads the logs of the paths, or else the event history.
 *
 * @throws {CancelledError} after Ctrl-C
 */
export async function learn(
  paths: readonly string[],
  settings: DetectionSettings,
  options: LearnOptions,
): Promise<Lesson> {
  const progress = new Progress(process.stderr);
  const { signal, stop } = listenForInterruption();
  const refuseCancelled = () => {
    if (signal.aborted) throw new CancelledError('cancelled; nothing was written');
  };
  let source: Source | undefined;
  try {
    source = await sourceOf(paths, options, signal, (line) => progress.print(line));
    const lesson = await lessonOf({
      paths: paths.filter((path) => !isS3Address(path)),
      settings,
      remote: source.remote,
      includesSevere: options.includeSevere === true,
      onProblem: (problem) => progress.print(formatProblem(problem)),
      onProgress: (done) => {
        refuseCancelled();
        progress.show(done);
      },
      onSkipped: (skipped) => progress.print(describeSkipped(skipped)),
    });
    refuseCancelled();
    return lesson;
  } finally {
    progress.stop();
    stop();
    source?.end();
  }
}

/** Runs the records through the embedded pipeline, which begins with no knowledge. */
export async function lessonOf({ includesSevere, ...input }: Input): Promise<Lesson> {
  const database = await openDatabase();
  try {
    const state = new NotingStateStore(database, input.settings.retentionDays, systemClock);
    const replayed = await replay({ ...input, database, state, topic: new EmbeddedTopic() });
    const alerts: StoredAlert[] = [];
    for await (const alert of replayed.alerts()) alerts.push(alert);
    const severe = includesSevere ? nothingSevere : namesOf(alerts);
    const knowledge = knowledgeOf(state.seenByActor, await state.allHistories(), severe);
    const { records, rejected } = replayed.summary;
    return { records, rejected, alerts, severe, knowledge };
  } finally {
    await database.close();
  }
}

interface Source {
  readonly remote: ReplayInput['remote'];
  readonly end: () => void;
}

async function sourceOf(
  paths: readonly string[],
  options: LearnOptions,
  signal: AbortSignal,
  print: (line: string) => void,
): Promise<Source> {
  const address = paths.find(isS3Address);
  if (address !== undefined) {
    const { dryRun: _, ...filter } = options;
    const { reading, bytes } = await prepareReading(address, filter, print);
    return { remote: { found: reading.found(), bytes }, end: () => reading.end() };
  }
  const remote = paths.length === 0 ? await readEventHistory(new Date(), signal) : undefined;
  return { remote, end: () => {} };
}
