import { escapeForDisplay } from '../../../lambda/text/untrusted-text';
import { findStack } from '../../aws/stack';
import { type ExitCode, exitCode } from '../../exit-code';
import type { AwsOptions } from '../../options';
import { type Style, styled } from '../../output/style';
import { writeLine } from '../../output/write-line';
import { type CheckResult, type CheckStatus, runChecks } from './check';
import { alarmCheck } from './checks/alarms';
import { clockCheck } from './checks/clock';
import { functionChecks } from './checks/functions';
import { invocationChecks } from './checks/invocations';
import { keyCheck } from './checks/keys';
import { organizationChecks } from './checks/organization';
import { policyChecks } from './checks/policies';
import { queueChecks } from './checks/queues';
import { roleCheck } from './checks/roles';
import { ruleChecks, scheduleChecks } from './checks/rules';
import { subscriptionChecks } from './checks/subscriptions';
import { sweepChecks } from './checks/sweep';
import { tableChecks } from './checks/tables';
import { trailCheck } from './checks/trail';
import type { DoctorOptions } from './options';

/** In the order in which a record passes. */
export const checks = [
  clockCheck,
  trailCheck,
  ...ruleChecks,
  ...functionChecks,
  ...invocationChecks,
  roleCheck,
  ...queueChecks,
  ...policyChecks,
  ...tableChecks,
  ...subscriptionChecks,
  ...scheduleChecks,
  ...sweepChecks,
  alarmCheck,
  keyCheck,
  ...organizationChecks,
];

const styleOfStatus: Readonly<Record<CheckStatus, Style>> = {
  ok: 'green',
  warning: 'yellow',
  failed: 'red',
  skipped: 'dim',
};

export async function run(options: DoctorOptions & AwsOptions): Promise<ExitCode> {
  const stack = await findStack(options.stack);
  const width = Math.max(...checks.map(({ name }) => name.length));
  const results = await runChecks(checks, stack, (result) =>
    writeLine(process.stdout, options.json === true ? JSON.stringify(result) : formatResult(result, width)),
  );
  const count = (status: CheckStatus) => results.filter((result) => result.status === status).length;
  process.stderr.write(
    `checks=${results.length} ok=${count('ok')} warnings=${count('warning')} failed=${count('failed')} skipped=${count('skipped')}\n`,
  );
  return count('failed') > 0 ? exitCode.notDone : exitCode.done;
}

function formatResult({ check, status, found, fix }: CheckResult, width: number): string {
  const remedy = fix === undefined ? '' : `; to fix it: ${escapeForDisplay(fix, 500)}`;
  const mark = styled(status.padEnd(8), [styleOfStatus[status]]);
  return `${mark}${check.padEnd(width)}  ${escapeForDisplay(found, 500)}${remedy}`;
}
