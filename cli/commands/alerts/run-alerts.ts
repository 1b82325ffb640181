import { documentOf, type StoredAlert } from '../../../lambda/detection/alert';
import type { FindingDocument } from '../../../lambda/detection/finding-document';
import { openAlerts } from '../../aws/deployed-alerts';
import { type ExitCode, exitCode } from '../../exit-code';
import type { AwsOptions } from '../../options';
import { alertTable } from '../../output/alert-table';
import { terminalWidth } from '../../output/table';
import { writeLine } from '../../output/write-line';
import { alertQueryFrom, isAfter, pageEndOf, pageToken } from './alert-query';
import type { AlertsOptions } from './options';

export async function run(options: AlertsOptions & AwsOptions): Promise<ExitCode> {
  const query = alertQueryFrom(withAccountId(options), new Date());
  const { catalogue } = await openAlerts(options.stack);
  const { page, more } = await firstPage(catalogue.list(query), options);
  if (options.json === true)
    for (const alert of page) await writeLine(process.stdout, JSON.stringify(documentOf(alert)));
  else await printTable(page, options);
  const last = page.at(-1);
  if (more && last !== undefined)
    process.stderr.write(`more: add --page ${pageToken(last)} to the same command\n`);
  return exitCode.done;
}

/** The table filters by the id of an account. A name is compared with each alert. */
function withAccountId(options: AlertsOptions): AlertsOptions {
  const { account, ...others } = options;
  return account !== undefined && /^\d{12}$/.test(account) ? options : others;
}

async function firstPage(
  alerts: AsyncIterable<StoredAlert>,
  options: AlertsOptions,
): Promise<{ readonly page: readonly StoredAlert[]; readonly more: boolean }> {
  const end = options.page === undefined ? undefined : pageEndOf(options.page);
  const page: StoredAlert[] = [];
  for await (const alert of alerts) {
    if (end !== undefined && !isAfter(alert, end)) continue;
    if (!isWanted(alert, options)) continue;
    if (page.length === options.limit) return { page, more: true };
    page.push(alert);
  }
  return { page, more: false };
}

function isWanted({ actor, judgedDocument }: StoredAlert, options: AlertsOptions): boolean {
  const { target, context } = judgedDocument.layerwatch;
  const isOf = (wanted: string | undefined, ...names: readonly (string | null | undefined)[]) =>
    wanted === undefined || names.includes(wanted);
  return (
    isOf(options.function, target.name, target.arn) &&
    isOf(options.actor, actor, context.actor?.short, actor.split('/').at(-1)) &&
    isOf(options.account, target.account, target.account_name)
  );
}

async function printTable(alerts: readonly StoredAlert[], options: AlertsOptions): Promise<void> {
  if (alerts.length === 0) {
    process.stderr.write(`no alert since ${options.since} matches\n`);
    return;
  }
  await printAlerts(alerts.map(documentOf), new Date());
}

/** Ages are for people at a terminal; a program that reads the table has times. */
export async function printAlerts(documents: readonly FindingDocument[], now: Date): Promise<void> {
  const width = terminalWidth();
  const { lines, hidden } = alertTable(documents, width, width === undefined ? undefined : now);
  for (const line of lines) await writeLine(process.stdout, line);
  if (hidden.length > 0)
    process.stderr.write(
      `hidden for lack of columns: ${hidden.join(', ')}; a wider terminal or --json has them\n`,
    );
}
