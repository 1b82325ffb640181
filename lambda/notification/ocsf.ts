import type { FindingDocument } from '../detection/finding-document';
import type { Activity } from '../detection/triage';
import { escapeForDisplay } from '../text/untrusted-text';
import { severityOf } from './severity';

/** Version of the Open Cybersecurity Schema Framework that this is of (https://schema.ocsf.io/1.8.0/classes/detection_finding). */
const schemaVersion = '1.8.0';

const classId = 2004;
const activityId: Readonly<Record<Activity, 1 | 2 | 3>> = { create: 1, update: 2, close: 3 };

/** Status of findings: new, in progress, resolved. */
const statusId = { open: 1, acknowledged: 2, closed: 4 } as const;

/** Types of observables. */
const observable = { ipAddress: 2, resourceUid: 10 } as const;

const shown = (text: string | null | undefined, length = 500) => escapeForDisplay(text ?? 'unknown', length);

/** The alert as an OCSF Detection Finding with the profile `cloud`. */
export function ocsfOf(document: FindingDocument, activity: Activity, now: Date) {
  const { layerwatch, message, event, rule } = document;
  const { alert_id, first_seen, last_seen, risk, status, occurrences, undo } = layerwatch;
  const severity_id = severityOf[risk.band].ocsfId;
  return {
    activity_id: activityId[activity],
    category_uid: 2,
    class_uid: classId,
    type_uid: classId * 100 + activityId[activity],
    time: now.getTime(),
    start_time: Date.parse(first_seen),
    end_time: Date.parse(last_seen),
    severity_id,
    status_id: statusId[status],
    is_alert: true,
    count: occurrences,
    risk_score: risk.score,
    message: shown(message, 900),
    metadata: {
      version: schemaVersion,
      profiles: ['cloud'],
      uid: event.id.slice(0, 100),
      product: { name: 'Layerwatch', vendor_name: 'Layerwatch' },
    },
    cloud: {
      provider: 'AWS',
      ...(layerwatch.target.account === null ? {} : { account: accountOf(layerwatch.target) }),
      ...(layerwatch.target.region === null ? {} : { region: layerwatch.target.region }),
    },
    api: { operation: shown(event.action, 100), service: { name: shown(event.provider, 100) } },
    finding_info: {
      uid: alert_id,
      title: rule.name,
      desc: shown(message, 900),
      created_time: Date.parse(first_seen),
      first_seen_time: Date.parse(first_seen),
      last_seen_time: Date.parse(last_seen),
      modified_time: now.getTime(),
      analytic: { type_id: 1, uid: rule.id, name: rule.name, version: rule.version },
      attacks: [attackOf(document)],
    },
    evidences: [evidenceOf(document)],
    resources: [resourceOf(document)],
    observables: observablesOf(document),
    remediation: { desc: shown(undo.note), references: [] },
    unmapped: { layerwatch: { change: layerwatch.change.kind, disposition: layerwatch.disposition } },
  };
}

function accountOf({ account, account_name }: FindingDocument['layerwatch']['target']) {
  return {
    uid: shown(account, 100),
    ...(account_name === null ? {} : { name: shown(account_name, 100) }),
    // AWS account.
    type_id: 10,
  };
}

function attackOf({ threat }: FindingDocument) {
  const [technique] = threat.technique.id;
  const [tactic] = threat.tactic.id;
  return {
    version: '17',
    tactic: { uid: tactic ?? 'TA0002', name: threat.tactic.name[0] ?? 'Execution' },
    technique: { uid: technique ?? 'T1648', name: threat.technique.name[0] ?? 'Serverless Execution' },
  };
}

function evidenceOf({ layerwatch, source, event }: FindingDocument) {
  return {
    actor: { user: { name: shown(layerwatch.context.actor?.short, 200) } },
    api: { operation: shown(event.action, 100) },
    ...(source.ip === undefined ? {} : { src_endpoint: { ip: source.ip } }),
  };
}

function resourceOf({ layerwatch }: FindingDocument) {
  const { type, arn, name } = layerwatch.target;
  return { type, name: shown(name, 200), uid: shown(arn ?? name, 600) };
}

function observablesOf({ layerwatch, source }: FindingDocument) {
  const { arn } = layerwatch.target;
  return [
    ...(source.ip === undefined
      ? []
      : [{ type_id: observable.ipAddress, name: 'evidences.src_endpoint.ip', value: source.ip }]),
    ...(arn === null
      ? []
      : [{ type_id: observable.resourceUid, name: 'resources.uid', value: shown(arn, 600) }]),
  ];
}
