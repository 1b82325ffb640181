import { readFileSync, writeFileSync } from 'node:fs';
import { documentOf } from '../../../lambda/detection/alert';
import type { FindingDocument } from '../../../lambda/detection/finding-document';
import { at } from '../../../lambda/detection/json';
import { plural } from '../../../lambda/text/format';
import { escapeForDisplay } from '../../../lambda/text/untrusted-text';
import { startDatabase } from '../../embedded/database';
import { EmbeddedTopic } from '../../embedded/topic';
import { UsageError } from '../../errors';
import { type ExitCode, exitCode } from '../../exit-code';
import { writeLine } from '../../output/write-line';
import { readDetectionSettings } from '../../settings';
import { alertQueryFrom } from '../alerts/question';
import { replay } from '../replay/replay';
import type { ReportOptions } from './command';
import { reportPage } from './page';
import { reportData } from './report-data';

interface Collected {
  readonly documents: readonly FindingDocument[];
  readonly source: string;
  /** Pieces of input that could not be read. */
  readonly rejected: number;
}

type Options = ReportOptions & { readonly findings?: string };

/** Runs the command and answers with its exit code. */
export async function runReport(paths: readonly string[], options: Options): Promise<ExitCode> {
  if (options.findings !== undefined) return write(readFindings(options.findings), options);
  if (paths.some((path) => path.startsWith('s3://')))
    throw new UsageError(
      'report reads files; for logs in S3: layerwatch replay s3://... --json | layerwatch report --findings -',
    );
  if (paths.length > 0) return write(await replayed(paths, options), options);
  // The clients of AWS take longer to load than a replay of small logs.
  const { runAwsCommand } = require('../../aws/on-aws') as typeof import('../../aws/on-aws');
  return runAwsCommand(options, async () => write(await stored(options), options));
}

async function stored(options: Options): Promise<Collected> {
  const { openAlerts } = require('../../aws/deployed-alerts') as typeof import('../../aws/deployed-alerts');
  const question = alertQueryFrom({ ...options, limit: 1 }, new Date());
  const { catalogue } = await openAlerts(options.stack);
  const documents: FindingDocument[] = [];
  for await (const alert of catalogue.list(question)) documents.push(documentOf(alert));
  return {
    documents,
    source: `stack ${options.stack}, since ${question.since.toISOString().slice(0, 16)} UTC`,
    rejected: 0,
  };
}

async function replayed(paths: readonly string[], options: Options): Promise<Collected> {
  const database = await startDatabase();
  try {
    const { summary, documents } = await replay({
      paths,
      settings: readDetectionSettings(options.config),
      database,
      topic: new EmbeddedTopic(),
      onProblem: ({ file, place, reason }) =>
        void process.stderr.write(
          `${escapeForDisplay(file)}: ${escapeForDisplay(place)}: ${escapeForDisplay(reason)}\n`,
        ),
      onProgress: () => {},
    });
    const all: FindingDocument[] = [];
    for await (const document of documents()) all.push(document);
    const source = `${plural(summary.records, 'record')} of ${paths.join(', ')}`;
    return { documents: all.reverse(), source, rejected: summary.rejected };
  } finally {
    await database.close();
  }
}

/** More lines that are no finding are counted and not told one by one. */
const maxNotified = 10;

function readFindings(file: string): Collected {
  const lines = textOf(file)
    .split('\n')
    .filter((line) => line.trim() !== '');
  const documents: FindingDocument[] = [];
  let rejected = 0;
  for (const [index, line] of lines.entries()) {
    const document = findingOf(line);
    if (document !== undefined) documents.push(document);
    else if (++rejected <= maxNotified) tellNoFinding(file, `line ${index + 1}`, `: ${line}`);
  }
  if (rejected > maxNotified) tellNoFinding(file, `${rejected - maxNotified} more lines`, '');
  return { documents: documents.reverse(), source: plural(documents.length, 'finding'), rejected };
}

function tellNoFinding(file: string, place: string, what: string): void {
  process.stderr.write(
    `${escapeForDisplay(file)}: ${place}: no finding of replay --json${escapeForDisplay(what, 80)}\n`,
  );
}

function textOf(file: string): string {
  try {
    return readFileSync(file === '-' ? 0 : file, 'utf8');
  } catch (error) {
    throw new UsageError(
      `${JSON.stringify(file)} cannot be read: ${error instanceof Error ? error.message : String(error)}`,
    );
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

async function write({ documents, source, rejected }: Collected, options: Options): Promise<ExitCode> {
  const data = reportData(documents, source, new Date());
  if (options.json === true) await writeLine(process.stdout, JSON.stringify(data));
  else if (options.output === '-') await writeLine(process.stdout, reportPage(data).trimEnd());
  else {
    writeFileSync(options.output, reportPage(data));
    process.stderr.write(
      `${escapeForDisplay(options.output)}: ${plural(documents.length, 'alert')}, open it in a browser\n`,
    );
  }
  return rejected > 0 ? exitCode.unreadableInput : exitCode.done;
}
