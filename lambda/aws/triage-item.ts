import type { StoredAlert } from '../detection/alert';
import { type TriageAction, type Triaged, type TriageEntry, triageActions } from '../detection/triage';
import { alertOf } from './alert-item';
import { type Item, numberOf, string, stringOf } from './attributes';

/** An alert with what was done about it. */
export interface TriagedAlert extends StoredAlert, Triaged {
  /** When SNS accepted its last notification; ISO 8601 UTC. */
  readonly notifiedAt: string | undefined;
}

/** Attributes of an alert item that triage writes. */
export const triageAttribute = { status: 'status', history: 'history', version: 'triageVersion' } as const;

export function triagedAlertOf(item: Item): TriagedAlert {
  const alert = alertOf(item);
  return {
    ...alert,
    status: alert.document.layerwatch.status,
    history: (item[triageAttribute.history]?.L ?? []).flatMap(({ M }) => (M === undefined ? [] : entryOf(M))),
    triageVersion: numberOf(item, triageAttribute.version),
    notifiedAt: item['notifiedAt']?.S,
  };
}

export function historyAttribute(history: readonly TriageEntry[]): Item[string] {
  return {
    L: history.map(({ at, by, action, reason }) => ({
      M: {
        at: string(at),
        by: string(by),
        action: string(action),
        ...(reason === undefined ? {} : { reason: string(reason.toWellFormed()) }),
      },
    })),
  };
}

/** An entry of an action that this version does not know is one of a newer version, and none of ours to show. */
function entryOf(entry: Item): readonly TriageEntry[] {
  const action = stringOf(entry, 'action') as TriageAction;
  if (!triageActions.includes(action)) return [];
  const reason = entry['reason']?.S;
  return [
    {
      at: stringOf(entry, 'at'),
      by: stringOf(entry, 'by'),
      action,
      ...(reason === undefined ? {} : { reason }),
    },
  ];
}
