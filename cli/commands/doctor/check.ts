import { describeAwsFailure } from '../../aws/describe-failure';
import type { DeployedStack } from '../../aws/stack';
import { NotDoneError } from '../../errors';

/** `warning` deserves a look and fails nothing; `skipped` could not be checked. */
export type CheckStatus = 'ok' | 'warning' | 'failed' | 'skipped';

export interface CheckResult {
  readonly check: string;
  readonly status: CheckStatus;
  readonly found: string;
  /** What to do about it. */
  readonly fix?: string;
}

/** What one check found. */
export type CheckOutcome = Omit<CheckResult, 'check'>;

export interface Check {
  readonly name: string;
  readonly run: (stack: DeployedStack) => Promise<CheckOutcome>;
}

export const ok = (found: string): CheckOutcome => ({ status: 'ok', found });
export const failed = (found: string, fix: string): CheckOutcome => ({ status: 'failed', found, fix });
export const warning = (found: string, fix: string): CheckOutcome => ({ status: 'warning', found, fix });
export const skipped = (found: string): CheckOutcome => ({ status: 'skipped', found });

/** For a check of what only a stack with the setting `trailBucket` has. */
export const noTrailBucket = 'not configured (setting trailBucket)';

/** Without the flag a deployment compares templates only, and leaves alone what was changed past CloudFormation. */
export const redeploy = 'deploy the stack again: npx cdk deploy --revert-drift';

/** Runs each check. One that AWS refuses is skipped with the reason, and the others still run. */
export async function runChecks(
  checks: readonly Check[],
  stack: DeployedStack,
  onResult: (result: CheckResult) => Promise<void>,
): Promise<readonly CheckResult[]> {
  const results: CheckResult[] = [];
  for (const { name, run } of checks) {
    const result = { check: name, ...(await run(stack).catch(outcomeOfError)) };
    await onResult(result);
    results.push(result);
  }
  return results;
}

function outcomeOfError(error: unknown): CheckOutcome {
  if (error instanceof NotDoneError) return failed(error.message, redeploy);
  return skipped(`could not be checked: ${describeAwsFailure(error)}`);
}
