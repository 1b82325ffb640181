import { documentOf, type StoredAlert } from '../../../lambda/detection/alert';
import type { Disposition } from '../../../lambda/detection/finding-document';
import { escapeForDisplay } from '../../../lambda/text/untrusted-text';
import { colourOfBand } from '../../output/colour';
import type { Cell, Column } from '../../output/table';

/** What became of an alert, in one word. */
export const wordOfDisposition: Readonly<Record<Disposition, string>> = {
  notify: 'notified',
  record: 'recorded',
  except: 'excepted',
  withhold: 'withheld',
};

export const alertColumns: readonly Column[] = [
  { head: 'ID' },
  { head: 'FIRST SEEN' },
  { head: 'BAND' },
  { head: 'STATUS', leaveOut: 4 },
  { head: 'WHAT', leaveOut: 1 },
  { head: 'CHANGE', mayShrink: true, leaveOut: 3 },
  { head: 'TARGET', mayShrink: true },
  { head: 'WHO', mayShrink: true },
  { head: 'ACCOUNT', mayShrink: true, leaveOut: 2 },
];

/** Digits of an id that tell alerts apart and still can be read out. */
export const shortIdLength = 12;

export function alertRow(alert: StoredAlert): readonly Cell[] {
  const { risk, status, disposition, change, target, context, first_seen, occurrences } =
    documentOf(alert).layerwatch;
  const events = occurrences === 1 ? '' : ` x${occurrences}`;
  return [
    { text: alert.alertId.slice(0, shortIdLength), colour: 'dim' },
    { text: first_seen.slice(0, 16).replace('T', ' ') },
    { text: `${risk.band} ${risk.score}`, colour: colourOfBand[risk.band] },
    { text: status, ...(status === 'open' ? {} : { colour: 'dim' as const }) },
    { text: wordOfDisposition[disposition] },
    { text: `${change.kind}${events}` },
    { text: escapeForDisplay(target.name ?? 'not named') },
    { text: escapeForDisplay(context.actor?.short ?? 'unknown') },
    { text: escapeForDisplay(target.account_name ?? target.account ?? 'unknown') },
  ];
}
