import { setTimeout as sleep } from 'node:timers/promises';
import { LambdaClient } from '@aws-sdk/client-lambda';
import { selftestCalls } from '../../../lambda/aws/selftest-calls';
import { selftestLayerPrefix } from '../../../lambda/contract';
import { type SelftestResult, selftest, selftestLayerText } from '../../../lambda/selftest/selftest';
import { caller } from '../../aws/caller';
import { openAlerts } from '../../aws/deployed-alerts';
import { runAwsCommand } from '../../aws/on-aws';
import { type ExitCode, exitCode } from '../../exit-code';
import { writeLine } from '../../output/write-line';
import type { SelftestOptions } from './command';
import { WaitingLine } from './waiting-line';

const pollMilliseconds = 2_000;

/** Runs the command and answers with its exit code. */
export async function runSelftest(options: SelftestOptions): Promise<ExitCode> {
  return runAwsCommand(options, async () => {
    const { catalogue, alerts, triage } = await openAlerts(options.stack);
    const { arn: by } = await caller();
    const waiting = new WaitingLine(process.stderr);
    const layer = { namePrefix: selftestLayerPrefix, text: selftestLayerText };
    const result = await selftest(
      {
        ...selftestCalls({ lambda: new LambdaClient({}), catalogue, alerts, triage, layer, by }),
        clock: { now: () => new Date() },
        pause: async () => sleep(pollMilliseconds),
        onWaiting: (milliseconds, what) => waiting.show(milliseconds, what),
      },
      options.timeout * 60_000,
    );
    waiting.end();
    await writeLine(
      process.stdout,
      options.json === true ? JSON.stringify(result) : inWords(result, options),
    );
    for (const line of result.left) process.stderr.write(`layerwatch: ${line}\n`);
    return result.outcome === 'passed' ? exitCode.done : exitCode.notDone;
  });
}

function inWords(result: SelftestResult, { timeout }: SelftestOptions): string {
  const {
    outcome,
    alertId = '',
    callToAlertMilliseconds: toAlert,
    callToConfirmationMilliseconds: toTold,
  } = result;
  const id = alertId.slice(0, 12);
  switch (outcome) {
    case 'passed':
      return toTold === undefined
        ? `passed: alert ${id} after ${seconds(toAlert)}; nobody is told of it, because its disposition is ${result.disposition}`
        : `passed: alert ${id} after ${seconds(toAlert)}, SNS accepted the message after ${seconds(toTold)}`;
    case 'not-told':
      return `failed: alert ${id} after ${seconds(toAlert)}, and SNS has not accepted its message within ${timeout} minutes; read the detector's log, and run layerwatch doctor`;
    default:
      return `failed: no alert within ${timeout} minutes; run layerwatch doctor, it checks each step of the way`;
  }
}

function seconds(milliseconds: number | undefined): string {
  return `${((milliseconds ?? 0) / 1_000).toFixed(1)} s`;
}
