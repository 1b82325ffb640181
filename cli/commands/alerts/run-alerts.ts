import { documentOf, type StoredAlert } from '../../../lambda/detection/alert';
import { openAlerts } from '../../aws/deployed-alerts';
import { type ExitCode, exitCode } from '../../exit-code';
import type { AwsOptions } from '../../options';
import { writeLine } from '../../output/write-line';
import { alertQueryFrom, isAfter, pageEndOf, pageToken } from './alert-query';
import type { AlertsOptions } from './options';
import { printAlerts } from './print-alerts';
import { selectAlerts } from './select-alerts';

export async function run(options: AlertsOptions & AwsOptions): Promise<ExitCode> {
  const query = alertQueryFrom(options, new Date());
  const { catalogue } = await openAlerts(options.stack);
  const { page, more } = await firstPage(selectAlerts(catalogue, query, options), options);
  if (options.json === true)
    for (const alert of page) await writeLine(process.stdout, JSON.stringify(documentOf(alert)));
  else await printTable(page, options);
  const last = page.at(-1);
  if (more && last !== undefined)
    process.stderr.write(`more: add --page ${pageToken(last)} to the same command\n`);
  return exitCode.done;
}

async function firstPage(
  alerts: AsyncIterable<StoredAlert>,
  options: AlertsOptions,
): Promise<{ readonly page: readonly StoredAlert[]; readonly more: boolean }> {
  const end = options.page === undefined ? undefined : pageEndOf(options.page);
  const page: StoredAlert[] = [];
  for await (const alert of alerts) {
    if (end !== undefined && !isAfter(alert, end)) continue;
    if (page.length === options.limit) return { page, more: true };
    page.push(alert);
  }
  return { page, more: false };
}

async function printTable(alerts: readonly StoredAlert[], options: AlertsOptions): Promise<void> {
  if (alerts.length === 0) {
    process.stderr.write(`no alert since ${options.since} matches\n`);
    return;
  }
  await printAlerts(alerts.map(documentOf), new Date());
}
