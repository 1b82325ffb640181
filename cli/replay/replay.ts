import { recordNeedles } from '../../lambda/detection/event-pattern';
import type { FindingDocument } from '../../lambda/detection/finding-document';
import type { AlertStore } from '../../lambda/ports';
import { type EmbeddedStack, embeddedPipeline } from '../embedded/pipeline';
import { type ReadProblem, readLogs } from '../logs/read-logs';
import { type Summary, Tally } from './summary';

export interface ReplayInput extends EmbeddedStack {
  readonly paths: readonly string[];
  readonly onProblem: (problem: ReadProblem) => void;
  readonly onProgress: (doneBytes: number, totalBytes: number) => void;
}

export interface Replayed {
  readonly summary: Summary;
  /** Documents of the alerts that the input's records belong to, in their final state, by first_seen then alert_id. */
  readonly documents: () => AsyncIterable<FindingDocument>;
}

/** Runs log files through the same pipeline as the detector, on an embedded DynamoDB and an embedded topic. */
export async function replay(input: ReplayInput): Promise<Replayed> {
  const { alerts, process } = embeddedPipeline(input);
  const tally = new Tally();
  const logs = readLogs(input.paths, {
    needles: recordNeedles,
    onProblem: input.onProblem,
    onProgress: input.onProgress,
  });
  for await (const { record, file, place } of logs.candidates) {
    const outcome = await process(record);
    if (outcome.kind === 'not-cloudtrail') input.onProblem({ file, place, reason: outcome.reason });
    tally.add(outcome);
  }
  const { records, problems } = logs.totals();
  const summary = await tally.summarize({
    records,
    problems,
    notified: input.topic.count,
    alerts,
  });
  return { summary, documents: () => documentsOf(tally, alerts) };
}

async function* documentsOf(tally: Tally, alerts: AlertStore): AsyncIterable<FindingDocument> {
  for (const alertId of await tally.sortedAlertIds(alerts)) {
    const alert = await alerts.read(alertId);
    if (alert !== undefined) yield alert.document;
  }
}
