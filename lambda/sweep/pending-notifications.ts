import { metric } from '../contract';
import type { AlertId } from '../detection/brands';
import { NewerItemError, NotificationInProgressError } from '../errors';
import type { PipelineDependencies, PipelineOptions } from '../pipeline/dependencies';
import { notifyAlert } from '../pipeline/notify-alert';
import type { UndeliveredAlerts } from '../ports';
import { errorMessage } from '../text/format';

export interface PendingDependencies extends PipelineDependencies {
  readonly undelivered: UndeliveredAlerts;
}

export interface PendingOptions extends PipelineOptions {
  /** Whether there is time for one more alert. */
  readonly hasTimeLeft: () => boolean;
}

/** An alert younger than this is still in the hands of the detector and its retries. */
const minAgeMilliseconds = 5 * 60_000;

/**
 * Sends the notifications that a crash or a failure left unfinished. One alert that cannot be finished keeps none of
 * those behind it from being finished. Answers with the number of alerts that people were notified of.
 */
export async function finishAlerts(
  dependencies: PendingDependencies,
  options: PendingOptions,
): Promise<number> {
  const failures: unknown[] = [];
  let finished = 0;
  for await (const alertId of unfinishedAlerts(dependencies)) {
    if (!options.hasTimeLeft()) break;
    try {
      if (await finish(alertId, dependencies, options)) finished++;
    } catch (error) {
      failures.push(error);
      dependencies.observer.warn('an alert could not be finished', { alertId, error: errorMessage(error) });
    }
  }
  if (finished > 0) dependencies.observer.count(metric.finishedBySweep, finished);
  if (failures.length > 0)
    throw new AggregateError(failures, `${failures.length} alerts could not be finished`);
  return finished;
}

async function* unfinishedAlerts(dependencies: PendingDependencies): AsyncGenerator<AlertId> {
  for await (const { alertId, firstSeen } of dependencies.undelivered.list('pending'))
    if (!isYoung(firstSeen, dependencies)) yield alertId;
}

function isYoung(firstSeen: string, { clock }: PendingDependencies): boolean {
  return clock.now().getTime() - Date.parse(firstSeen) < minAgeMilliseconds;
}

/** Whether people were notified. An alert that another worker holds, or that a newer release wrote, is not ours to finish. */
async function finish(
  alertId: AlertId,
  dependencies: PendingDependencies,
  options: PendingOptions,
): Promise<boolean> {
  try {
    const alert = await dependencies.alerts.read(alertId);
    if (alert === undefined) return false;
    const notified = await notifyAlert(
      { alert, lease: undefined, documents: new Map() },
      dependencies,
      options,
    );
    return notified.outcome !== 'none';
  } catch (error) {
    if (error instanceof NotificationInProgressError || error instanceof NewerItemError) return false;
    throw error;
  }
}
