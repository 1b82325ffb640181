import { describeRefusal } from '../../aws/on-aws';
import type { DeployedStack } from '../../aws/stack';
import { NotDoneError } from '../../errors';

/** `warning` is worth a look and fails nothing; `skipped` could not be looked at. */
export type CheckStatus = 'ok' | 'warning' | 'failed' | 'skipped';

export interface CheckResult {
  readonly check: string;
  readonly status: CheckStatus;
  /** What was found. */
  readonly found: string;
  /** What to do about it. */
  readonly fix?: string;
}

/** What one check finds. */
export type CheckOutcome = Omit<CheckResult, 'check'>;

export interface Check {
  readonly name: string;
  readonly run: (stack: DeployedStack) => Promise<CheckOutcome>;
}

export const ok = (found: string): CheckOutcome => ({ status: 'ok', found });
export const failed = (found: string, fix: string): CheckOutcome => ({ status: 'failed', found, fix });
export const warning = (found: string, fix: string): CheckOutcome => ({ status: 'warning', found, fix });
export const skipped = (found: string): CheckOutcome => ({ status: 'skipped', found });

export const redeploy = 'deploy the stack again: npx cdk deploy';

/** A check that AWS refuses to answer is told as such and keeps none of the others from being made. */
export async function runChecks(
  checks: readonly Check[],
  stack: DeployedStack,
  onResult: (result: CheckResult) => Promise<void>,
): Promise<readonly CheckResult[]> {
  const results: CheckResult[] = [];
  for (const { name, run } of checks) {
    const result = { check: name, ...(await run(stack).catch(refused)) };
    await onResult(result);
    results.push(result);
  }
  return results;
}

function refused(error: unknown): CheckOutcome {
  if (error instanceof NotDoneError) return failed(error.message, redeploy);
  return skipped(`could not be checked: ${describeRefusal(error)}`);
}
