import { nextBaseline, placeRecord } from '../detection/baseline';
import { actorKey } from '../detection/identity';
import type { Lifecycle } from '../detection/lifecycle';
import type { CloudTrailRecord } from '../detection/record';
import { deniedAttemptOf, emptyQuery } from '../detection/state-query';
import { ContendedBaselineError } from '../errors';
import type { PipelineDependencies } from './dependencies';

/** Each turn that fails means another record of the same function went ahead. */
const maxTurns = 8;

/** Sets the baseline of a function that was created, forgets that of one that was deleted. */
export async function trackFunctionLifecycle(
  record: CloudTrailRecord,
  { functionArn, after }: Lifecycle,
  { memory }: Pick<PipelineDependencies, 'memory'>,
): Promise<void> {
  for (let turn = 1; turn <= maxTurns; turn++) {
    const { baseline } = await memory.recall({ ...emptyQuery, functionArn });
    const next = nextBaseline(record, after, placeRecord(record, baseline), baseline);
    if (next === undefined) return;
    if ((await memory.setBaseline(functionArn, baseline, next)) === 'written') return;
  }
  throw new ContendedBaselineError(functionArn, maxTurns);
}

/** A later success of the same actor can then say how often it was refused before. */
export async function rememberDenied(
  record: CloudTrailRecord,
  { memory }: Pick<PipelineDependencies, 'memory'>,
): Promise<void> {
  const attempt = deniedAttemptOf(record);
  if (attempt !== undefined) await memory.rememberDenied(actorKey(record.identity), attempt);
}
