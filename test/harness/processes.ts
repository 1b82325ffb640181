import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { closeAfterwards } from './open-resources';

/**
 * Kills a process after the test, where it still runs then.
 *
 * @returns kills it now and waits for its end
 */
export function killAfterwards(child: ChildProcess): () => Promise<void> {
  return closeAfterwards(async () => {
    if (hasEnded(child)) return;
    const ended = once(child, 'exit');
    child.kill('SIGKILL');
    await ended;
  });
}

/** Whether a process has ended or never started. */
export function hasEnded({ pid, exitCode, signalCode }: ChildProcess): boolean {
  return pid === undefined || exitCode !== null || signalCode !== null;
}
