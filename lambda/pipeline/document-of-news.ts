import { keptRecordId, type StoredAlert } from '../detection/alert';
import type { FindingDocument } from '../detection/finding-document';
import type { PipelineDependencies, PipelineOptions } from './dependencies';
import { judgeEntry } from './judge-record';
import { readHistory } from './place-entry';

/**
 * The document of one record of an alert, for a worker that did not process the record: the kept one where it is of that record,
 * else judged again by the history of its function, else the kept one with a word that it is of another record.
 */
export async function documentOfNews(
  alert: StoredAlert,
  recordId: string,
  dependencies: PipelineDependencies,
  options: PipelineOptions,
): Promise<FindingDocument> {
  const { judgedDocument } = alert;
  if (keptRecordId(alert) === recordId) return judgedDocument;
  return (
    (await judgedAgain(alert, recordId, dependencies, options)) ?? ofAnotherRecord(judgedDocument, recordId)
  );
}

async function judgedAgain(
  { judgedDocument }: StoredAlert,
  recordId: string,
  dependencies: PipelineDependencies,
  options: PipelineOptions,
): Promise<FindingDocument | undefined> {
  const { arn, type } = judgedDocument.layerwatch.target;
  if (arn === null || type !== 'function') return undefined;
  const history = await readHistory(arn, dependencies);
  const entry = history.entries.find((each) => each.recordId === recordId);
  if (entry === undefined) return undefined;
  return (await judgeEntry({ history, entry }, dependencies, options))?.document;
}

function ofAnotherRecord(document: FindingDocument, recordId: string): FindingDocument {
  const { problems } = document.layerwatch;
  const note = `this is about event ${recordId}, whose record is no longer kept; the details are of another event of the alert`;
  return { ...document, layerwatch: { ...document.layerwatch, problems: [...problems, note] } };
}
