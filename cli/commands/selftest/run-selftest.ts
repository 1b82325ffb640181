import { setTimeout as sleep } from 'node:timers/promises';
import { LambdaClient } from '@aws-sdk/client-lambda';
import { selftestCalls } from '../../../lambda/aws/selftest-calls';
import { selftestLayerPrefix } from '../../../lambda/contract';
import { systemClock } from '../../../lambda/handlers/environment';
import { type SelftestResult, selftest, selftestLayerText } from '../../../lambda/selftest/selftest';
import { escapeForDisplay } from '../../../lambda/text/untrusted-text';
import { caller } from '../../aws/caller';
import { openAlerts } from '../../aws/deployed-alerts';
import { CancelledError } from '../../errors';
import { type ExitCode, exitCode } from '../../exit-code';
import type { AwsOptions } from '../../options';
import { formatSeconds, shortAlertId } from '../../output/format';
import { writeLine } from '../../output/write-line';
import type { SelftestOptions } from './options';
import { WaitingLine } from './waiting-line';

const pollMilliseconds = 2_000;

export async function run(options: SelftestOptions & AwsOptions): Promise<ExitCode> {
  const { catalogue, alerts, triage } = await openAlerts(options.stack);
  const { arn: by } = await caller();
  const waiting = new WaitingLine(process.stderr);
  const interrupted = new AbortController();
  process.once('SIGINT', () => interrupted.abort());
  const layer = { namePrefix: selftestLayerPrefix, text: selftestLayerText };
  const result = await selftest(
    {
      ...selftestCalls({ lambda: new LambdaClient({}), catalogue, alerts, triage, layer, by }),
      clock: systemClock,
      pause: () => pause(interrupted.signal),
      onWaiting: (milliseconds, what) => waiting.show(milliseconds, what),
    },
    options.timeout * 60_000,
  );
  waiting.end();
  await writeLine(
    process.stdout,
    options.json === true ? JSON.stringify(result) : formatResult(result, options),
  );
  for (const line of result.left) process.stderr.write(`warning: ${escapeForDisplay(line)}\n`);
  return result.outcome === 'passed' ? exitCode.done : exitCode.notDone;
}

/** @throws {CancelledError} after Ctrl-C; the self-test then deletes its layer version */
async function pause(signal: AbortSignal): Promise<void> {
  try {
    await sleep(pollMilliseconds, undefined, { signal });
  } catch (error) {
    throw new CancelledError('cancelled; the layer version is deleted, and an alert of it may still come', {
      cause: error,
    });
  }
}

function formatResult(result: SelftestResult, { timeout }: SelftestOptions): string {
  const { outcome, disposition, alertId = '' } = result;
  const { callToAlertMilliseconds: toAlert = 0, callToConfirmationMilliseconds: toConfirmation } = result;
  const alert = `alert ${shortAlertId(alertId)} after ${formatSeconds(toAlert)}`;
  switch (outcome) {
    case 'passed':
      return toConfirmation === undefined
        ? `passed: ${alert}; nobody is notified of it, because its disposition is ${disposition}`
        : `passed: ${alert}, SNS accepted the message after ${formatSeconds(toConfirmation)}`;
    case 'not-notified':
      return `failed: ${alert}, and SNS has not accepted its message within ${timeout} minutes; read the detector's log, and run layerwatch doctor`;
    case 'no-alert':
      return `failed: no alert within ${timeout} minutes; run layerwatch doctor, which checks each step from the trail to the subscription`;
  }
}
