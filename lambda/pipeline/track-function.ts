import { nextBaseline, placeRecord } from '../detection/baseline';
import { actorKey } from '../detection/identity';
import type { Lifecycle } from '../detection/lifecycle';
import type { CloudTrailRecord } from '../detection/record';
import { deniedAttemptOf, nothingAsked } from '../detection/state-query';
import { ContendedBaselineError } from '../errors';
import type { PipelinePorts } from './dependencies';

/** Each turn that fails means another record of the same function went ahead. */
const maximumTurns = 8;

/** Sets the baseline of a function that was created, forgets that of one that was deleted. */
export async function followFunction(
  record: CloudTrailRecord,
  { functionArn, after }: Lifecycle,
  { memory }: Pick<PipelinePorts, 'memory'>,
): Promise<void> {
  for (let turn = 1; turn <= maximumTurns; turn++) {
    const { baseline } = await memory.recall({ ...nothingAsked, functionArn });
    const next = nextBaseline(record, after, placeRecord(record, baseline), baseline);
    if (next === undefined) return;
    if ((await memory.setBaseline(functionArn, baseline, next)) === 'written') return;
  }
  throw new ContendedBaselineError(functionArn, maximumTurns);
}

/** A later success of the same actor can then say how often it was refused before. */
export async function rememberDenied(
  record: CloudTrailRecord,
  { memory }: Pick<PipelinePorts, 'memory'>,
): Promise<void> {
  const attempt = deniedAttemptOf(record);
  if (attempt !== undefined) await memory.rememberDenied(actorKey(record.identity), attempt);
}
