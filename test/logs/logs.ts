import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import {
  type LoggedRecord,
  type ReadLimits,
  type ReadProblem,
  type ReadTotals,
  readLogs,
  type SkippedFiles,
} from '../../lambda/logs/read-logs';
import { temporaryFolder } from '../harness/temporary-folder';

export const eventNamePrefixes = ['PublishLayerVersion', 'UpdateFunctionConfiguration'];

/** Writes a file of a new folder and answers with its path. */
export function fileOf(content: string | Buffer, name = 'log.json'): string {
  const file = join(temporaryFolder(), name);
  writeFileSync(file, content);
  return file;
}

export interface ReadResult {
  readonly found: readonly LoggedRecord[];
  readonly records: readonly unknown[];
  readonly problems: readonly ReadProblem[];
  readonly totals: ReadTotals;
  readonly skipped: readonly SkippedFiles[];
}

export interface ReadAllOptions {
  readonly limits?: Partial<ReadLimits>;
  readonly stdin?: Buffer;
  readonly threads?: number;
}

export async function readAll(
  paths: readonly string[],
  { limits, stdin, threads = 0 }: ReadAllOptions = {},
): Promise<ReadResult> {
  const problems: ReadProblem[] = [];
  const skipped: SkippedFiles[] = [];
  const logs = readLogs(paths, {
    eventNamePrefixes,
    threads,
    onProblem: (problem) => problems.push(problem),
    onSkipped: (each) => skipped.push(each),
    ...(limits === undefined ? {} : { limits }),
    ...(stdin === undefined ? {} : { stdin: Readable.from([stdin]) }),
  });
  const found: LoggedRecord[] = [];
  for await (const record of logs.candidates) found.push(record);
  return { found, records: found.map(({ record }) => record), problems, totals: logs.totals(), skipped };
}

export function match(id: string): Readonly<Record<string, unknown>> {
  return {
    eventVersion: '1.11',
    eventSource: 'lambda.amazonaws.com',
    eventName: 'UpdateFunctionConfiguration20150331v2',
    requestParameters: { functionName: `größe-"${id}"\\`, layers: ['{"eventVersion":[', ']}'] },
    eventID: id,
  };
}

export function other(id: string): Readonly<Record<string, unknown>> {
  return {
    eventVersion: '1.11',
    eventName: 'GetFunction20150331v2',
    requestParameters: { functionName: `{[${id}"` },
    eventID: id,
  };
}
