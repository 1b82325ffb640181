import { escapeForDisplay } from '../../../lambda/text/untrusted-text';
import { findStack } from '../../aws/stack';
import { type ExitCode, exitCode } from '../../exit-code';
import type { AwsOptions } from '../../options';
import { terminalWidth } from '../../output/table';
import { writeLine } from '../../output/write-line';
import { type CheckStatus, runChecks } from './check';
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
import { type CheckGroup, resultLines } from './result-lines';

/** Groups and checks in the order in which a record passes. */
export const checkGroups: readonly CheckGroup[] = [
  { name: 'Events', checks: [clockCheck, trailCheck, ...ruleChecks] },
  { name: 'Functions', checks: [...functionChecks, ...invocationChecks, roleCheck] },
  { name: 'Queues and tables', checks: [...queueChecks, ...policyChecks, ...tableChecks] },
  { name: 'Notification', checks: subscriptionChecks },
  { name: 'Sweep', checks: [...scheduleChecks, ...sweepChecks] },
  { name: 'Alarms and keys', checks: [alarmCheck, keyCheck] },
  { name: 'Organization', checks: organizationChecks },
];

export const checks = checkGroups.flatMap((group) => group.checks);

export async function run(options: DoctorOptions & AwsOptions): Promise<ExitCode> {
  const stack = await findStack(options.stack);
  if (process.stderr.isTTY) process.stderr.write(`checking stack ${escapeForDisplay(stack.name)} ...\n`);
  const results = await runChecks(checks, stack, async (result) => {
    if (options.json === true) await writeLine(process.stdout, JSON.stringify(result));
  });
  if (options.json !== true)
    for (const line of resultLines(checkGroups, results, terminalWidth()))
      await writeLine(process.stdout, line);
  const count = (status: CheckStatus) => results.filter((result) => result.status === status).length;
  process.stderr.write(
    `checks=${results.length} ok=${count('ok')} warnings=${count('warning')} failed=${count('failed')} skipped=${count('skipped')}\n`,
  );
  return count('failed') > 0 ? exitCode.notDone : exitCode.done;
}
