import type { SpawnSyncReturns } from 'node:child_process';

/** The result of a process that ended well; what it printed where it failed. */
export function succeed(result: SpawnSyncReturns<string>): SpawnSyncReturns<string> {
  expect([result.status, result.status === 0 ? '' : `${result.stdout}\n${result.stderr}`]).toEqual([0, '']);
  return result;
}
