import { readFileSync } from 'node:fs';
import type { FindingDocument } from '../../../lambda/detection/finding-document';
import { at } from '../../../lambda/detection/json';
import { errorMessage, plural } from '../../../lambda/text/format';
import { escapeForDisplay } from '../../../lambda/text/untrusted-text';
import { openDatabase } from '../../embedded/open-database';
import { EmbeddedTopic } from '../../embedded/topic';
import { UsageError } from '../../errors';
import { formatProblem } from '../../output/format';
import { readDetectionSettings } from '../../settings';
import { Progress } from '../replay/progress';
import { replay } from '../replay/replay';

/** The alerts of a report, the newest first. */
export interface Collected {
  readonly documents: readonly FindingDocument[];
  /** The logs, the stack or the findings that they are from. */
  readonly source: string;
  /** Pieces of input that could not be read. */
  readonly rejected: number;
}

export async function replayLogs(
  paths: readonly string[],
  config: string | undefined,
  progress = new Progress(process.stderr),
): Promise<Collected> {
  const database = await openDatabase();
  try {
    const { summary, documents } = await replay({
      paths,
      settings: readDetectionSettings(config),
      database,
      topic: new EmbeddedTopic(),
      onProblem: (problem) => progress.print(formatProblem(problem)),
      onProgress: (done) => progress.show(done),
    });
    progress.stop();
    const all: FindingDocument[] = [];
    for await (const document of documents()) all.push(document);
    const source = `${plural(summary.records, 'record')} of ${paths.join(', ')}`;
    return { documents: all.reverse(), source, rejected: summary.rejected };
  } finally {
    progress.stop();
    await database.close();
  }
}

/** After this many lines that are no finding, the others are only counted. */
const maxReportedLines = 10;

/** What `replay --json` printed, from a file or, for `-`, from stdin. */
export function readFindings(file: string): Collected {
  const lines = textOf(file)
    .split('\n')
    .filter((line) => line.trim() !== '');
  const documents: FindingDocument[] = [];
  let rejected = 0;
  for (const [index, line] of lines.entries()) {
    const document = findingOf(line);
    if (document !== undefined) documents.push(document);
    else if (++rejected <= maxReportedLines) reportUnreadable(file, `line ${index + 1}`, `: ${line}`);
  }
  if (rejected > maxReportedLines) reportUnreadable(file, `${rejected - maxReportedLines} more lines`, '');
  return { documents: documents.reverse(), source: plural(documents.length, 'finding'), rejected };
}

function reportUnreadable(file: string, place: string, what: string): void {
  process.stderr.write(
    `${escapeForDisplay(file)}: ${place}: no finding of replay --json${escapeForDisplay(what, 80)}\n`,
  );
}

function textOf(file: string): string {
  try {
    return readFileSync(file === '-' ? 0 : file, 'utf8');
  } catch (error) {
    throw new UsageError(`${JSON.stringify(file)} cannot be read: ${errorMessage(error)}`);
  }
}

function findingOf(line: string): FindingDocument | undefined {
  try {
    const value: unknown = JSON.parse(line);
    return typeof at(value, 'layerwatch', 'alert_id') === 'string' ? (value as FindingDocument) : undefined;
  } catch {
    return undefined;
  }
}
