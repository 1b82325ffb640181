import { documentOf, type StoredAlert } from '../../../lambda/detection/alert';
import { openAlerts } from '../../aws/deployed-alerts';
import { runAwsCommand } from '../../aws/on-aws';
import type { AwsOptions } from '../../aws/options';
import { type ExitCode, exitCode } from '../../exit-code';
import { tableLines } from '../../output/table';
import { writeLine } from '../../output/write-line';
import { type AlertsOptions, alertQueryFrom, isAfter, pageEndOf, pageToken } from './question';
import { alertColumns, alertRow } from './rows';

/** Runs the command and answers with its exit code. */
export async function runAlerts(options: AlertsOptions & AwsOptions): Promise<ExitCode> {
  return runAwsCommand(options, async () => {
    const question = alertQueryFrom(withAccountId(options), new Date());
    const { catalogue } = await openAlerts(options.stack);
    const { page, more } = await firstPage(catalogue.list(question), options);
    if (options.json === true)
      for (const alert of page) await writeLine(process.stdout, JSON.stringify(documentOf(alert)));
    else await printTable(page, options);
    const last = page.at(-1);
    if (more && last !== undefined)
      process.stderr.write(`more: add --page ${pageToken(last)} to the same command\n`);
    return exitCode.done;
  });
}

/** A name of an account is compared with each alert, an id asked of the table. */
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
    process.stderr.write(`no alerts since ${options.since} that fit\n`);
    return;
  }
  const width = process.stdout.isTTY ? process.stdout.columns : undefined;
  for (const line of tableLines(alertColumns, alerts.map(alertRow), width))
    await writeLine(process.stdout, line);
}
