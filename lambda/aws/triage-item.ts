import { type TriageEntry, triageActions } from '../detection/triage';
import { type Item, optionalString, requiredString, string } from './attributes';

/** The list of an alert's triage history. */
export function triageHistory(history: readonly TriageEntry[]): Item[string] {
  return {
    L: history.map(({ at, by, action, reason }) => ({
      M: {
        at: string(at),
        by: string(by),
        action: string(action),
        ...optionalString('reason', reason?.toWellFormed()),
      },
    })),
  };
}

export function historyOf(item: Item): readonly TriageEntry[] {
  return (item['history']?.L ?? []).flatMap(({ M }) => (M === undefined ? [] : entryOf(M)));
}

/** An entry of an action that this version does not know is one of a newer version, and none of ours to show. */
function entryOf(entry: Item): readonly TriageEntry[] {
  const action = triageActions.find((each) => each === entry['action']?.S);
  if (action === undefined) return [];
  const reason = entry['reason']?.S;
  return [
    {
      at: requiredString(entry, 'at', 'at'),
      by: requiredString(entry, 'by', 'by'),
      action,
      ...(reason === undefined ? {} : { reason }),
    },
  ];
}
