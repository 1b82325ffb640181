import { documentOf } from '../../../lambda/detection/alert';
import type { FindingDocument } from '../../../lambda/detection/finding-document';
import { openAlerts } from '../../aws/deployed-alerts';
import type { AwsOptions } from '../../options';
import { formatMinute } from '../../output/format';
import { alertQueryFrom } from '../alerts/alert-query';
import type { Collected } from './collect';
import type { ReportOptions } from './options';

/** The alerts of the deployed stack, the newest first. */
export async function collectFromStack(options: ReportOptions & AwsOptions): Promise<Collected> {
  const query = alertQueryFrom(options, new Date());
  const { catalogue } = await openAlerts(options.stack);
  const documents: FindingDocument[] = [];
  for await (const alert of catalogue.list(query)) documents.push(documentOf(alert));
  const source = `stack ${options.stack}, since ${formatMinute(query.since.toISOString())} UTC`;
  return { documents, source, rejected: 0 };
}
