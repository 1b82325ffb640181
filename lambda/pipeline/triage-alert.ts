import type { StoredAlert } from '../detection/alert';
import type { AlertStatus } from '../detection/finding-document';
import { isSameNews, withRevision } from '../detection/fold-alert';
import { type TriageEntry, withEntry } from '../detection/triage';
import type { AlertStore, TriageStore } from '../ports';
import { changeStoredAlert } from './change-alert';

/** What people decide about alerts, written so that two of them do not overwrite each other. */
export class AlertTriage implements TriageStore {
  constructor(private readonly alerts: Pick<AlertStore, 'read' | 'write'>) {}

  async write(read: StoredAlert, entry: TriageEntry, status: AlertStatus): Promise<'written' | 'conflict'> {
    const written = await changeStoredAlert(this.alerts, read, (stored) => {
      if (!isAsSeen(read, stored)) return undefined;
      return withRevision(stored, { ...stored, status, history: withEntry(stored.history, entry) });
    });
    return written === undefined ? 'conflict' : 'written';
  }
}

/** A person who decides has seen all that was notified, and what others decided. Repeats that were counted since are no news. */
function isAsSeen(read: StoredAlert, current: StoredAlert): boolean {
  return (
    read.status === current.status &&
    read.history.length === current.history.length &&
    read.history.at(-1)?.at === current.history.at(-1)?.at &&
    isSameNews(read, current)
  );
}
