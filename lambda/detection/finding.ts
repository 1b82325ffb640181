import type { Finding } from './alert';
import { alertIdOf, windowOf } from './alert-id';
import { auditFields } from './audit-fields';
import { highestScore, isAtLeast } from './band';
import type { Call } from './call';
import type { Change, LayerChange } from './change';
import type { FindingContext } from './context-document';
import { exceptionFor, fitsWildcard } from './exceptions';
import type {
  ChangeKind,
  Disposition,
  FindingDocument,
  LayerVerdict,
  UnavailableStep,
} from './finding-document';
import { headline } from './headline';
import { actorKey, userId, userName } from './identity';
import { provenanceOf } from './provenance';
import type { CloudTrailRecord } from './record';
import { assessRisk, type Risk } from './risk';
import { rule, tamperingRule, threat } from './rule';
import type { DetectionSettings } from './settings';
import { sourceIp } from './source-address';
import { type Undo, undoOf } from './undo';

/** Everything that is known of one matching record, before it is judged. */
export interface Evidence {
  readonly record: CloudTrailRecord;
  readonly call: Call;
  readonly change: Change;
  readonly context: FindingContext;
  readonly unavailable: readonly UnavailableStep[];
  /** Clock time of this judgement. */
  readonly now: Date;
  /** Beginning of the names of Layerwatch's own resources; `undefined` where it is not deployed. */
  readonly ownNamePrefix: string | undefined;
}

/** Changes that the rule's name is about; the others are recorded unless every match is to be notified. */
const notifiedChanges: ReadonlySet<ChangeKind> = new Set([
  'tampering',
  'added',
  'version-changed',
  'before-unknown',
  'published',
  'unreadable',
]);

/** Judges the evidence and writes it down as the record of an alert. */
export function buildFinding(evidence: Evidence, settings: DetectionSettings): Finding {
  const { record, call, now } = evidence;
  const layers = judgeLayers(evidence, settings);
  const risk = assessEvidence(evidence, layers, settings);
  const verdict = dispose(evidence, layers, risk, settings);
  const undo = undoOf(record, call, evidence.change, layers, evidence.context.function);
  return {
    alertId: alertIdOf(record, call, settings.foldingWindowMinutes),
    recordId: record.identityId,
    document: documentOf(evidence, { layers, risk, verdict, undo }, settings),
    actor: actorKey(record.identity),
    expiresAtSeconds: Math.floor(now.getTime() / 1000) + settings.retentionDays * 86_400,
  };
}

interface Verdict {
  readonly disposition: Disposition;
  readonly exception: string | undefined;
}

interface Judgement {
  readonly layers: readonly LayerVerdict[];
  readonly risk: Risk;
  readonly verdict: Verdict;
  readonly undo: Undo;
}

function judgeLayers({ change, call }: Evidence, settings: DetectionSettings): readonly LayerVerdict[] {
  return change.layers.map((layer) => judgeLayer(layer, call, settings));
}

/** A published layer is the publisher's own, whether or not the record tells its version. */
function judgeLayer(layer: LayerChange, { target }: Call, settings: DetectionSettings): LayerVerdict {
  const arn = layer.arn ?? (layer.change === 'published' ? target.arn : undefined);
  const owner = provenanceOf(arn, target.account, settings);
  return {
    arn: layer.arn?.toWellFormed() ?? null,
    name: (layer.name ?? (layer.change === 'published' ? target.name : undefined))?.toWellFormed() ?? null,
    version: layer.version ?? null,
    account: layer.account ?? (layer.change === 'published' ? (target.account ?? null) : null),
    change: layer.change,
    ...(layer.fromVersion === undefined ? {} : { from_version: layer.fromVersion }),
    provenance: owner.provenance,
    publisher: owner.publisher ?? null,
  };
}

function assessEvidence(
  evidence: Evidence,
  layers: readonly LayerVerdict[],
  settings: DetectionSettings,
): Risk {
  const principal = evidence.context.actor?.principal ?? undefined;
  const deployer = settings.deployers.find(
    (entry) => principal !== undefined && fitsWildcard(entry.principal, principal),
  );
  const { target } = evidence.call;
  return assessRisk(
    {
      changeKind: evidence.change.kind,
      layers,
      context: evidence.context,
      deployer: deployer?.name,
      targetsLayerwatch: target.type === 'function' && isOwn(target.name, evidence.ownNamePrefix),
    },
    settings.riskPoints,
  );
}

/** CloudFormation names what the stack makes after the stack. */
function isOwn(name: string | undefined, prefix: string | undefined): boolean {
  return name !== undefined && prefix !== undefined && name.startsWith(prefix);
}

function dispose(
  evidence: Evidence,
  layers: readonly LayerVerdict[],
  risk: Risk,
  settings: DetectionSettings,
): Verdict {
  const wanted = settings.notifyOn === 'every-match' || notifiedChanges.has(evidence.change.kind);
  if (!wanted || !isAtLeast(risk.band, settings.minimumBandToNotify)) {
    return { disposition: 'record', exception: undefined };
  }
  const exception = exceptionFor(exceptionFacts(evidence, layers), settings.exceptions, isoDay(evidence.now));
  return { disposition: exception === undefined ? 'notify' : 'except', exception: exception?.name };
}

function exceptionFacts({ call, context }: Evidence, layers: readonly LayerVerdict[]) {
  const isNew = ({ change }: LayerVerdict) => change !== 'kept' && change !== 'removed';
  return {
    principal: context.actor?.principal ?? undefined,
    account: call.target.account,
    region: call.target.region,
    functionName: call.target.type === 'layer' ? undefined : call.target.name,
    layers: layers.filter(isNew).map((layer) => layer.arn ?? ''),
  };
}

function isoDay(time: Date): string {
  return time.toISOString().slice(0, 10);
}

function documentOf(evidence: Evidence, judgement: Judgement, settings: DetectionSettings): FindingDocument {
  const { record, call, now } = evidence;
  const { risk } = judgement;
  const time = (record.eventTime ?? now).toISOString();
  const layerwatch = layerwatchFields(evidence, judgement, settings, time);
  return {
    '@timestamp': time,
    ecs: { version: '9.4.0' },
    message: headline(layerwatch),
    event: {
      kind: 'alert',
      id: record.eventId ?? record.identityId,
      provider: record.eventSource ?? 'unknown',
      action: record.eventName,
      outcome: 'success',
      created: now.toISOString(),
      risk_score: risk.score,
      severity: highestScore[risk.band],
      reason: risk.factors.map((factor) => `${factor.points} ${factor.reason}`).join(', '),
    },
    ...(evidence.change.kind === 'tampering' ? tamperingRule : { rule, threat }),
    cloud: cloudFields(record, settings),
    user: present({ id: userId(record.identity), name: userName(record.identity) }),
    source: sourceFields(record, evidence.context),
    user_agent: present({ original: record.userAgent }),
    aws: { cloudtrail: auditFields(record) },
    layerwatch: { ...layerwatch, target: { ...layerwatch.target, region: call.target.region ?? null } },
  };
}

function layerwatchFields(
  evidence: Evidence,
  { layers, risk, verdict, undo }: Judgement,
  settings: DetectionSettings,
  time: string,
): FindingDocument['layerwatch'] {
  const { record, call, change, context } = evidence;
  const { target } = call;
  const window = windowOf(record.eventTime, settings.foldingWindowMinutes);
  return {
    alert_id: alertIdOf(record, call, settings.foldingWindowMinutes),
    status: 'open',
    occurrences: 1,
    first_seen: time,
    last_seen: time,
    event_ids: [record.identityId],
    disposition: verdict.disposition,
    exception: verdict.exception ?? null,
    folds_until: new Date(window.endMilliseconds).toISOString(),
    target: {
      type: target.type,
      arn: target.arn ?? null,
      name: target.name ?? null,
      account: target.account ?? null,
      account_name: settings.accountNames.get(target.account ?? '') ?? null,
      region: target.region ?? null,
    },
    change: {
      kind: change.kind,
      before: change.before ?? null,
      after: change.after ?? null,
      layers,
      ...(call.asked.kind === 'tampering' ? { action: call.asked.action } : {}),
    },
    risk,
    context,
    unavailable: evidence.unavailable,
    undo,
    problems: [...record.problems, ...call.problems],
  };
}

/** The caller's account, as the CloudTrail integration of ECS has it; the target's owner is in `layerwatch.target`. */
function cloudFields(record: CloudTrailRecord, settings: DetectionSettings): FindingDocument['cloud'] {
  const id = record.identity.accountId ?? record.recipientAccountId;
  return {
    provider: 'aws',
    account: present({ id, name: settings.accountNames.get(id ?? '') }),
    ...present({ region: record.region }),
    service: { name: 'lambda' },
  };
}

function sourceFields(record: CloudTrailRecord, context: FindingContext): FindingDocument['source'] {
  const country = context.origin?.country_iso_code;
  return {
    ...present({ address: record.sourceAddress, ip: sourceIp(record.sourceAddress) }),
    ...(country ? { geo: { country_iso_code: country } } : {}),
  };
}

/** Without the fields that are undefined: a document leaves out what is not known. */
function present<T extends Record<string, string | undefined>>(fields: T): { [K in keyof T]?: string } {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as {
    [K in keyof T]?: string;
  };
}
