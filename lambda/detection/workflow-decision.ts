import type { StoredAlert } from './alert';
import { newsIn } from './alert-news';
import type { AlertId, IsoTime } from './brands';
import { at, property, text } from './json';
import type { TriageEntry } from './triage';

/** Workflow statuses of a finding of Security Hub that end its investigation (API_Workflow). */
const closingStatuses = ['RESOLVED', 'SUPPRESSED'] as const;
type ClosingStatus = (typeof closingStatuses)[number];

/** Beginning of the `GeneratorId` of every finding that Layerwatch imports. */
export const generatorPrefix = 'layerwatch/';

const source = 'aws.securityhub';

/** Security Hub sends it whenever a finding is imported, and whenever a person or a rule updates one (BatchUpdateFindings). */
const detailType = 'Security Hub Findings - Imported';

/** Findings of Layerwatch that were resolved or suppressed in Security Hub. */
export const workflowEventPattern = {
  source: [source],
  'detail-type': [detailType],
  detail: {
    findings: {
      GeneratorId: [{ prefix: generatorPrefix }],
      Workflow: { Status: [...closingStatuses] },
    },
  },
} as const;

/** A finding that was resolved or suppressed in Security Hub. */
export interface WorkflowDecision {
  readonly alertId: AlertId;
  readonly status: ClosingStatus;
  /** What was noted on the finding there. */
  readonly note: string | undefined;
  readonly at: IsoTime;
}

export type WorkflowEvent =
  /** Also for findings of other products, accounts and regions. */
  | { readonly kind: 'decisions'; readonly decisions: readonly WorkflowDecision[] }
  /** The event names findings of this account and came from elsewhere: nothing that it claims is believed. */
  | { readonly kind: 'forged'; readonly reason: string };

/** Where the findings of this stack are. */
export interface OwnProduct {
  readonly productArn: string;
  readonly account: string;
  readonly region: string;
}

/** `undefined` for a value that is no such event. Nobody but AWS can put an event of source `aws.securityhub`. */
export function readWorkflowEvent(value: unknown, own: OwnProduct): WorkflowEvent | undefined {
  if (text(property(value, 'source')) !== source) return undefined;
  if (text(property(value, 'detail-type')) !== detailType) return undefined;
  const list = at(value, 'detail', 'findings');
  const findings = (Array.isArray(list) ? list : []).filter(
    (finding) => text(property(finding, 'ProductArn')) === own.productArn,
  );
  const [account, region] = [text(property(value, 'account')), text(property(value, 'region'))];
  if (findings.length > 0 && (account !== own.account || region !== own.region))
    return { kind: 'forged', reason: `findings of this account came from ${account}, ${region}` };
  const time = new Date(text(property(value, 'time')) ?? '');
  if (Number.isNaN(time.getTime())) return { kind: 'decisions', decisions: [] };
  return {
    kind: 'decisions',
    decisions: findings.flatMap((finding) => decisionOf(finding, time.toISOString())),
  };
}

function decisionOf(finding: unknown, time: IsoTime): readonly WorkflowDecision[] {
  const alertId = text(property(finding, 'Id')) ?? '';
  const status = closingStatuses.find((each) => each === at(finding, 'Workflow', 'Status'));
  if (status === undefined || !/^[0-9a-f]{64}$/.test(alertId)) return [];
  return [{ alertId, status, note: text(at(finding, 'Note', 'Text')), at: time }];
}

/** The name under which a decision of Security Hub is in an alert's history. */
const decidedBy = 'Security Hub';

/** The entry that closes an alert by a decision, or why it does not. */
export function closingEntryOf(
  alert: StoredAlert,
  { status, note, at: time }: WorkflowDecision,
): TriageEntry | { readonly refused: string } {
  const beginning = `workflow status ${status}`;
  const isTaken = ({ by, reason }: TriageEntry) => by === decidedBy && reason?.startsWith(beginning) === true;
  const last = alert.history.at(-1);
  if (alert.status === 'closed') return { refused: 'the alert is closed' };
  // Security Hub keeps the status when the finding of an alert that was opened again is updated, and says it again.
  if (alert.history.some(isTaken))
    return { refused: 'the alert was opened again since it was closed by this status' };
  if (last !== undefined && last.at > time)
    return { refused: 'a later decision is in the history of the alert' };
  if (newsIn(alert, 'owed').length > 0 || (alert.notifiedAt ?? '') > time)
    return { refused: 'people were notified of the alert since' };
  const reason = note === undefined ? beginning : `${beginning}: ${note}`;
  return { at: time, by: decidedBy, action: 'close', reason };
}
