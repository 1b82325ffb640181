import { metric } from '../contract';
import { NewerItemError, NotificationInProgressError } from '../errors';
import type { PipelineDependencies, PipelineOptions } from '../pipeline/dependencies';
import { notifyAlert } from '../pipeline/notify-alert';
import type { UndeliveredAlerts } from './ports';

/** An alert younger than this is still in the hands of the detector and its retries. */
const minAgeMilliseconds = 5 * 60_000;

/** More are left for the next sweep. */
const maxAtOnce = 200;

/** Sends the notifications that a crash left unfinished. Answers with their number. */
export async function finishNotifications(
  undelivered: UndeliveredAlerts,
  ports: PipelineDependencies,
  options: PipelineOptions,
): Promise<number> {
  const pending = await undelivered.list('pending', maxAtOnce);
  const now = ports.clock.now().getTime();
  let finished = 0;
  for (const { alertId, firstSeen } of pending) {
    if (now - Date.parse(firstSeen) < minAgeMilliseconds) continue;
    if (await finish(alertId, ports, options)) finished++;
  }
  if (finished > 0) ports.observer.count(metric.finishedBySweep, finished);
  return finished;
}

async function finish(
  alertId: string,
  ports: PipelineDependencies,
  options: PipelineOptions,
): Promise<boolean> {
  try {
    const alert = await ports.alerts.read(alertId);
    if (alert === undefined) return false;
    const eventTime = new Date(alert.document['@timestamp']);
    return (await notifyAlert(alert, undefined, eventTime, ports, options)) !== 'none';
  } catch (error) {
    if (error instanceof NotificationInProgressError || error instanceof NewerItemError) return false;
    throw error;
  }
}
