import { setTimeout as sleep } from 'node:timers/promises';
import type { DynamoDbAlertCatalogue } from '../../../lambda/aws/dynamodb-alert-catalogue';
import { documentOf, type StoredAlert } from '../../../lambda/detection/alert';
import { openAlerts } from '../../aws/deployed-alerts';
import { CancelledError, UsageError } from '../../errors';
import { type ExitCode, exitCode } from '../../exit-code';
import type { AwsOptions } from '../../options';
import { listenForInterruption } from '../../output/interruption';
import { writeLine } from '../../output/write-line';
import { alertQueryFrom, isAfter, pageEndOf, pageToken } from './alert-query';
import type { AlertsOptions } from './options';
import { printAlerts } from './print-alerts';
import { selectAlerts } from './select-alerts';
import { watchAlerts, watchLine } from './watch-alerts';

/** A look reads the newest alerts again, which costs a few read units of the table. */
const watchMilliseconds = 15_000;

export async function run(options: AlertsOptions & AwsOptions): Promise<ExitCode> {
  const query = alertQueryFrom(options, new Date());
  if (options.watch === true && (options.page !== undefined || options.until !== undefined))
    throw new UsageError('--watch follows the newest alerts; leave --page and --until out');
  const { catalogue } = await openAlerts(options.stack);
  const { page, more } = await firstPage(selectAlerts(catalogue, query, options), options);
  if (options.json === true)
    for (const alert of page) await writeLine(process.stdout, JSON.stringify(documentOf(alert)));
  else await printTable(page, options);
  const last = page.at(-1);
  if (more && last !== undefined)
    process.stderr.write(`more: add --page ${pageToken(last)} to the same command\n`);
  return options.watch === true ? watch(catalogue, options, page) : exitCode.done;
}

/** @throws {CancelledError} after Ctrl-C, which is how a watch ends */
async function watch(
  catalogue: DynamoDbAlertCatalogue,
  options: AlertsOptions,
  shown: readonly StoredAlert[],
): Promise<never> {
  const { signal, stop } = listenForInterruption();
  const { since } = alertQueryFrom(options, new Date());
  process.stderr.write(`watching every ${watchMilliseconds / 1_000} s; Ctrl-C ends it\n`);
  try {
    return await watchAlerts(
      {
        list: async () => {
          const query = { ...alertQueryFrom(options, new Date()), since };
          return (await firstPage(selectAlerts(catalogue, query, options), options)).page;
        },
        report: (alert, what) =>
          writeLine(
            process.stdout,
            options.json === true ? JSON.stringify(documentOf(alert)) : watchLine(alert, what),
          ),
        warn: (line) => void process.stderr.write(`${line}\n`),
        pause: () => sleep(watchMilliseconds, undefined, { signal }),
      },
      shown,
    );
  } catch (error) {
    if (!signal.aborted) throw error;
    throw new CancelledError('stopped watching; nothing was changed', { cause: error });
  } finally {
    stop();
  }
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
  await printAlerts(alerts, new Date());
}
