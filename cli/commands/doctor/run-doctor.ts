import { escapeForDisplay } from '../../../lambda/text/untrusted-text';
import { runAwsCommand } from '../../aws/on-aws';
import type { AwsOptions } from '../../aws/options';
import { findStack } from '../../aws/stack';
import { type ExitCode, exitCode } from '../../exit-code';
import { type Colour, inColour } from '../../output/colour';
import { writeLine } from '../../output/write-line';
import { type CheckResult, type CheckStatus, runChecks } from './check';
import { alarmCheck } from './checks/alarms';
import { clockCheck } from './checks/clock';
import { functionChecks } from './checks/functions';
import { keyCheck } from './checks/keys';
import { organizationChecks } from './checks/organization';
import { queueChecks } from './checks/queues';
import { ruleChecks, scheduleCheck } from './checks/rules';
import { subscriptionChecks } from './checks/subscriptions';
import { sweepChecks } from './checks/sweep';
import { tableChecks } from './checks/tables';
import { trailCheck } from './checks/trail';

/** In the order of a record's way. */
const checks = [
  clockCheck,
  trailCheck,
  ...ruleChecks,
  ...functionChecks,
  ...queueChecks,
  ...tableChecks,
  ...subscriptionChecks,
  scheduleCheck,
  ...sweepChecks,
  alarmCheck,
  keyCheck,
  ...organizationChecks,
];

const colourOfStatus: Readonly<Record<CheckStatus, Colour>> = {
  ok: 'green',
  warning: 'yellow',
  failed: 'red',
  skipped: 'dim',
};

/** Runs the command and answers with its exit code. */
export async function runDoctor(options: AwsOptions): Promise<ExitCode> {
  return runAwsCommand(options, async () => {
    const stack = await findStack(options.stack);
    const width = Math.max(...checks.map(({ name }) => name.length));
    const results = await runChecks(checks, stack, (result) =>
      writeLine(process.stdout, options.json === true ? JSON.stringify(result) : lineOf(result, width)),
    );
    const count = (status: CheckStatus) => results.filter((result) => result.status === status).length;
    process.stderr.write(
      `checks=${results.length} ok=${count('ok')} warnings=${count('warning')} failed=${count('failed')} skipped=${count('skipped')}\n`,
    );
    return count('failed') > 0 ? exitCode.notDone : exitCode.done;
  });
}

function lineOf({ check, status, found, fix }: CheckResult, width: number): string {
  const remedy = fix === undefined ? '' : `; to mend it: ${escapeForDisplay(fix, 500)}`;
  const mark = inColour(status.padEnd(8), colourOfStatus[status]);
  return `${mark}${check.padEnd(width)}  ${escapeForDisplay(found, 500)}${remedy}`;
}
