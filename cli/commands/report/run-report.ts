import { writeFileSync } from 'node:fs';
import { plural } from '../../../lambda/text/format';
import { escapeForDisplay } from '../../../lambda/text/untrusted-text';
import { UsageError } from '../../errors';
import { type ExitCode, exitCode } from '../../exit-code';
import type { AwsOptions } from '../../options';
import { writeLine } from '../../output/write-line';
import { isS3Address } from '../../s3/address';
import { type Collected, readFindings, replayLogs } from './collect';
import type { ReportOptions } from './options';
import { reportPage } from './page';
import { reportData } from './report-data';

/** Loaded where it is needed: the clients of AWS take longer to load than a replay of small logs. */
const loadStack = (): typeof import('./collect-from-stack') => require('./collect-from-stack');

export async function run(paths: readonly string[], options: ReportOptions & AwsOptions): Promise<ExitCode> {
  const { documents, source, rejected } = await collect(paths, options);
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

async function collect(paths: readonly string[], options: ReportOptions & AwsOptions): Promise<Collected> {
  if (options.findings !== undefined) return readFindings(options.findings);
  if (paths.some(isS3Address))
    throw new UsageError(
      'report reads files; for logs in S3: layerwatch replay s3://... --json | layerwatch report --findings -',
    );
  return paths.length > 0 ? replayLogs(paths, options.config) : loadStack().collectFromStack(options);
}
