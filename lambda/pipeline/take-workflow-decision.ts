import { metric } from '../contract';
import type { StoredAlert } from '../detection/alert';
import { withRevision } from '../detection/fold-alert';
import { withEntry } from '../detection/triage';
import { closingEntryOf, type WorkflowDecision, type WorkflowEvent } from '../detection/workflow-decision';
import { changeStoredAlert } from './change-alert';
import { type ExportDependencies, exportFinding } from './export-finding';

/** One decision that fails keeps none of the others from being taken; the event is then delivered again. */
export async function handleWorkflowEvent(
  event: WorkflowEvent,
  dependencies: ExportDependencies,
): Promise<void> {
  const { observer } = dependencies;
  if (event.kind === 'forged') {
    observer.warn('an event of Security Hub is not believed', { reason: event.reason });
    observer.count(metric.tampering);
    return;
  }
  const taken = event.decisions.map((decision) => takeWorkflowDecision(decision, dependencies));
  const failed = (await Promise.allSettled(taken)).find(({ status }) => status === 'rejected');
  if (failed?.status === 'rejected') throw failed.reason;
}

/**
 * Closes the alert of a finding that was resolved or suppressed in Security Hub, and archives the finding. A decision that a person made
 * later, and news that came later, leave the alert as it is. Doing it twice changes nothing.
 */
export async function takeWorkflowDecision(
  decision: WorkflowDecision,
  dependencies: ExportDependencies,
): Promise<StoredAlert | undefined> {
  const { alerts, observer } = dependencies;
  const { alertId, status } = decision;
  let refused = 'there is no such alert';
  const read = await alerts.read(alertId);
  const closed =
    read &&
    (await changeStoredAlert(alerts, read, (stored) => {
      const entry = closingEntryOf(stored, decision);
      if ('action' in entry)
        return withRevision(stored, {
          ...stored,
          status: 'closed',
          history: withEntry(stored.history, entry),
        });
      refused = entry.refused;
      return undefined;
    }));
  if (closed === undefined) {
    observer.info('a workflow status of Security Hub changes nothing', { alertId, status, reason: refused });
    return undefined;
  }
  observer.info('closed by its workflow status in Security Hub', { alertId, status });
  await exportFinding(closed, dependencies);
  return closed;
}
