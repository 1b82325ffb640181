import type { FindingDocument } from '../../../lambda/detection/finding-document';
import { sameList } from '../../../lambda/detection/history';

/** The layers of a function as Lambda lists them now, by ARN of the version. */
export interface FunctionNow {
  readonly layers: readonly string[];
  readonly revisionId: string;
  /** As Lambda writes it. */
  readonly lastModified: string;
}

export type Decision =
  | { readonly kind: 'restore'; readonly layers: readonly string[] }
  /** The layers are as they were before. */
  | { readonly kind: 'done-already' }
  | { readonly kind: 'refused'; readonly reason: string; readonly instead: string };

/** A call is recorded up to five seconds before the modification that it makes. */
const recordLeadMilliseconds = 5_000;

/** Decides whether the layers from before can be set: only where they are known and were not changed since. */
export function decide(document: FindingDocument, now: FunctionNow): Decision {
  const { change, last_seen, undo } = document.layerwatch;
  if (change.before === null)
    return refused(
      'the layers before are not known',
      `find them in earlier versions of the function, then set them yourself: ${undo.commands.at(-1) ?? 'aws lambda list-versions-by-function'}`,
    );
  if (sameList(change.before, now.layers)) return { kind: 'done-already' };
  const isUntouched =
    change.after === null
      ? Date.parse(now.lastModified) <= Date.parse(last_seen) + recordLeadMilliseconds
      : sameList(change.after, now.layers);
  if (!isUntouched)
    return refused(
      'the layers of the function have changed since the alert',
      'look at who changed them (layerwatch alerts --function with its ARN), and restore the alert of the latest change, or set the layers yourself',
    );
  return { kind: 'restore', layers: change.before };
}

function refused(reason: string, instead: string): Decision {
  return { kind: 'refused', reason, instead };
}

/** One line for each layer that one of the three lists holds, with a mark in each list that has it. */
export function comparison(
  before: readonly string[] | null,
  atAlert: readonly string[] | null,
  now: readonly string[],
): readonly string[] {
  const all = [...new Set([...(before ?? []), ...(atAlert ?? []), ...now])];
  const mark = (list: readonly string[] | null, arn: string) => {
    if (list === null) return '?';
    const position = list.indexOf(arn);
    return position < 0 ? '-' : String(position + 1);
  };
  const line = (first: string, second: string, third: string, last: string) =>
    `${first.padEnd(8)}${second.padEnd(10)}${third.padEnd(5)}${last}`;
  return [
    line('before', 'at alert', 'now', 'layer'),
    ...all.map((arn) => line(mark(before, arn), mark(atAlert, arn), mark(now, arn), arn)),
    ...(all.length === 0 ? ['none in any of the lists'] : []),
  ];
}
