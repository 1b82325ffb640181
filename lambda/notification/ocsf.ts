import type { FindingDocument } from '../detection/finding-document';
import { attackVersion } from '../detection/rule';
import type { Activity } from '../detection/triage';
import { undoCommands } from './commands';
import { eventLink } from './links';
import { ocsfActor } from './ocsf-actor';
import { ocsfObservables } from './ocsf-observables';
import { ocsfLayerFiles, ocsfResources } from './ocsf-resources';
import { ocsfAccount, shown } from './ocsf-text';
import { severityOf } from './severity';
import { shortTitle } from './subject';

/** Version of the Open Cybersecurity Schema Framework that this is of (https://schema.ocsf.io/1.8.0/classes/detection_finding). */
const schemaVersion = '1.8.0';

/** Lengths that keep an event within EventBridge's 256 KB; the schema has none. */
const maxTitleLength = 256;
const maxCommandLength = 2_000;

const classId = 2004;
const activityId: Readonly<Record<Activity, 1 | 2 | 3>> = { create: 1, update: 2, close: 3 };

/** Status of findings: new, in progress, resolved. */
const statusId = { open: 1, acknowledged: 2, closed: 4 } as const;

/** The alert as an OCSF Detection Finding with the profile `cloud`. */
export function ocsfOf(document: FindingDocument, activity: Activity, now: Date) {
  const { layerwatch, message, event, rule } = document;
  const { alert_id, first_seen, last_seen, risk, status, occurrences } = layerwatch;
  const source = eventLink(document);
  const severity_id = severityOf[risk.band].ocsfId;
  const evidences = evidencesOf(document);
  const resources = ocsfResources(document);
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
      // Of this event alone: who drops what has a known uid would drop the update and the close.
      uid: `${alert_id}-${activity}-${now.getTime()}`,
      original_event_uid: shown(event.id, 100),
      correlation_uid: alert_id,
      product: { name: 'Layerwatch', vendor_name: 'Layerwatch' },
    },
    cloud: {
      provider: 'AWS',
      ...(layerwatch.target.account === null
        ? {}
        : { account: ocsfAccount(layerwatch.target.account, layerwatch.target.account_name) }),
      ...(layerwatch.target.region === null ? {} : { region: layerwatch.target.region }),
    },
    api: { operation: shown(event.action, 100), service: { name: shown(event.provider, 100) } },
    finding_info: {
      uid: alert_id,
      title: shortTitle(document, maxTitleLength),
      desc: shown(message, 900),
      created_time: Date.parse(first_seen),
      first_seen_time: Date.parse(first_seen),
      last_seen_time: Date.parse(last_seen),
      modified_time: now.getTime(),
      analytic: { type_id: 1, uid: rule.id, name: rule.name, version: rule.version },
      attacks: [attackOf(document)],
      types: [rule.category],
      ...(source === undefined ? {} : { src_url: source.url }),
    },
    evidences,
    resources,
    observables: ocsfObservables({ evidences, resources }),
    remediation: { desc: remediationOf(document), references: [] },
    unmapped: { layerwatch: { change: layerwatch.change.kind, disposition: layerwatch.disposition } },
  };
}

function attackOf({ threat }: FindingDocument) {
  const [technique] = threat.technique.id;
  const [tactic] = threat.tactic.id;
  return {
    version: attackVersion,
    tactic: { uid: tactic ?? 'TA0002', name: threat.tactic.name[0] ?? 'Execution' },
    technique: { uid: technique ?? 'T1648', name: threat.technique.name[0] ?? 'Serverless Execution' },
  };
}

/** The call, then the archive of each layer that Lambda described. */
function evidencesOf(document: FindingDocument) {
  const { source, event, user_agent } = document;
  const call = {
    actor: ocsfActor(document),
    api: { operation: shown(event.action, 100) },
    ...(source.ip === undefined ? {} : { src_endpoint: { ip: source.ip } }),
    ...(user_agent.original === undefined
      ? {}
      : { http_request: { user_agent: shown(user_agent.original, 600) } }),
  };
  return [call, ...ocsfLayerFiles(document).map((file) => ({ file }))];
}

/** What takes the change back, then the commands, each as it was built. */
function remediationOf(document: FindingDocument): string {
  const { commands } = undoCommands(document, maxCommandLength);
  return [shown(document.layerwatch.undo.note), ...commands].join('\n');
}
