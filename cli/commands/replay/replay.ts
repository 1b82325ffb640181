import { documentOf, type StoredAlert } from '../../../lambda/detection/alert';
import type { FindingDocument } from '../../../lambda/detection/finding-document';
import { classifiedEventNamePrefixes } from '../../../lambda/detection/watched-calls';
import { type ReadOptions, type ReadProblem, readLogs } from '../../../lambda/logs/read-logs';
import type { AlertStore } from '../../../lambda/ports';
import { errorMessage } from '../../../lambda/text/format';
import { type EmbeddedStack, embeddedPipeline } from '../../embedded/pipeline';
import { type Summary, Tally } from './summary';

/** One for each core of a small machine. More gain little, because the pipeline runs in the main thread. */
const readerThreads = 2;

export interface ReplayInput extends EmbeddedStack {
  readonly paths: readonly string[];
  readonly onProblem: (problem: ReadProblem) => void;
  readonly onProgress: NonNullable<ReadOptions['onProgress']>;
  readonly onSkipped?: ReadOptions['onSkipped'];
  readonly remote?: ReadOptions['remote'];
  readonly onFinished?: (name: string) => void;
  /** Called with each record that belongs to an alert; rejects where it cannot be forwarded. */
  readonly onMatch?: (record: unknown) => Promise<void>;
}

export interface Replayed {
  readonly summary: Summary;
  /** The alerts that the input's records belong to, in their final state, by first_seen then alert_id. */
  readonly alerts: () => AsyncIterable<StoredAlert>;
  /** Their documents. */
  readonly documents: () => AsyncIterable<FindingDocument>;
}

/** Runs log files through the same pipeline as the detector, on an embedded database and an embedded topic. */
export async function replay(input: ReplayInput): Promise<Replayed> {
  const tally = new Tally();
  const logs = readLogs(input.paths, {
    eventNamePrefixes: classifiedEventNamePrefixes,
    threads: readerThreads,
    onProblem: input.onProblem,
    onProgress: input.onProgress,
    onSkipped: input.onSkipped,
    remote: input.remote,
    ...(input.onFinished === undefined ? {} : { onFinished: input.onFinished }),
  });
  const { alerts, process } = embeddedPipeline(input);
  for await (const { record, file, place } of logs.candidates) {
    const outcome = await process(record).catch(failed);
    if (outcome.kind === 'not-cloudtrail' || outcome.kind === 'failed')
      input.onProblem({ file, place, reason: outcome.reason, count: 1 });
    if (outcome.kind === 'alert') await input.onMatch?.(record);
    tally.add(outcome);
  }
  const { records, unchecked, problems } = logs.totals();
  const { summary, alertIds } = await tally.finish({
    records,
    unchecked,
    problems,
    notified: input.topic.count,
    alerts,
  });
  return {
    summary,
    alerts: () => alertsOf(alertIds, alerts),
    documents: () => documentsOf(alertIds, alerts),
  };
}

/** One record that cannot be decided keeps none of the others from being. */
function failed(error: unknown) {
  return { kind: 'failed', reason: `could not be processed: ${errorMessage(error)}` } as const;
}

async function* alertsOf(alertIds: readonly string[], alerts: AlertStore): AsyncIterable<StoredAlert> {
  for (const alertId of alertIds) {
    const alert = await alerts.read(alertId);
    if (alert !== undefined) yield alert;
  }
}

async function* documentsOf(alertIds: readonly string[], alerts: AlertStore): AsyncIterable<FindingDocument> {
  for await (const alert of alertsOf(alertIds, alerts)) yield documentOf(alert);
}
