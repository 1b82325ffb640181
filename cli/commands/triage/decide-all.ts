import type { AlertStatus } from '../../../lambda/detection/finding-document';
import { CancelledError, NotDoneError } from '../../errors';
import { type ExitCode, exitCode } from '../../exit-code';
import { listenForInterruption } from '../../output/interruption';

/**
 * One after the other: an alert that stays as it is does not keep the next one from being decided.
 *
 * @throws {CancelledError} after Ctrl-C, with what was done
 */
export async function decideAll<Alert>(
  chosen: readonly Alert[],
  status: AlertStatus,
  decide: (alert: Alert) => Promise<void>,
): Promise<ExitCode> {
  const { signal, stop } = listenForInterruption();
  let [done, unchanged] = [0, 0];
  const progress = () => `${done} of ${chosen.length} alerts are ${status} now`;
  try {
    for (const alert of chosen) {
      if (signal.aborted) throw new CancelledError(`cancelled; ${progress()}, the others are as they were`);
      if (await isDecided(alert, decide)) done++;
      else unchanged++;
    }
  } finally {
    stop();
  }
  process.stderr.write(`${progress()}\n`);
  return unchanged === 0 ? exitCode.done : exitCode.notDone;
}

/** Prints why an alert stays as it is. */
async function isDecided<Alert>(alert: Alert, decide: (alert: Alert) => Promise<void>): Promise<boolean> {
  try {
    await decide(alert);
    return true;
  } catch (error) {
    if (!(error instanceof NotDoneError)) throw error;
    process.stderr.write(`${error.message}\n`);
    return false;
  }
}
