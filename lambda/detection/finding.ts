import { definedOnly } from '../text/format';
import type { Finding } from './alert';
import { alertIdOf, windowOf } from './alert-id';
import { auditFields } from './audit-fields';
import { highestScore } from './band';
import type { Call } from './call';
import type { Change, LayerChange } from './change';
import type { FindingContext } from './context-document';
import { type Decision, type DispositionFacts, dispose } from './disposition';
import {
  callerFields,
  cloudFields,
  eventType,
  observer,
  relatedFields,
  sourceFields,
  tlsFields,
} from './ecs-fields';
import { keyword, optionalKeyword } from './ecs-text';
import { fitsWildcard } from './exceptions';
import type { FindingDocument, LayerVerdict, UnavailableStep } from './finding-document';
import { headline } from './headline';
import { actorKey } from './identity';
import { mapTexts } from './map-texts';
import { isOwnName, type Ownership } from './own-names';
import { ownerOf } from './owners';
import { provenanceOf } from './provenance';
import type { CloudTrailRecord } from './record';
import { withoutPresignedQueries } from './redaction';
import { assessRisk, type Risk } from './risk';
import { ruleOf } from './rule';
import type { DetectionSettings } from './settings';
import { undoOf } from './undo';
import type { Undo } from './undo-command';

/** Everything that is known of one matching record, before it is judged. */
export interface Evidence extends Ownership {
  readonly record: CloudTrailRecord;
  readonly call: Call;
  readonly change: Change;
  readonly context: FindingContext;
  readonly unavailable: readonly UnavailableStep[];
  /** Why the change cannot be judged as it should be, as a phrase; `undefined` where it can. */
  readonly doubt?: readonly string[] | undefined;
  /** Clock time of this judgement. */
  readonly now: Date;
}

/** Judges the evidence and writes it down as the record of an alert. */
export function buildFinding(evidence: Evidence, settings: DetectionSettings): Finding {
  const { record, call, now } = evidence;
  const layers = judgeLayers(evidence, settings);
  const deployer = deployerOf(evidence, settings);
  const risk = assessEvidence(evidence, layers, deployer, settings);
  const riskOfAnybody = deployer === undefined ? risk : assessEvidence(evidence, layers, undefined, settings);
  const decision = decide(evidence, { layers, riskOfAnybody, deployer }, settings);
  const undo = undoOf(call, evidence.change, layers, evidence.context.function);
  const document = documentOf(evidence, { layers, risk, decision, undo }, settings);
  return {
    alertId: document.layerwatch.alert_id,
    recordId: record.identityId,
    document: mapTexts(document, keptText),
    actor: actorKey(record.identity),
    expiresAtSeconds: Math.floor(now.getTime() / 1000) + settings.retentionDays * 86_400,
  };
}

/** A record may name a presigned address as a layer; half a surrogate pair would make the document no text that others can read. */
function keptText(text: string): string {
  return withoutPresignedQueries(text).toWellFormed();
}

interface Judgement {
  readonly layers: readonly LayerVerdict[];
  readonly risk: Risk;
  readonly decision: Decision;
  readonly undo: Undo;
}

function judgeLayers({ change, call }: Evidence, settings: DetectionSettings): readonly LayerVerdict[] {
  return change.layers.map((layer) => judgeLayer(layer, call, settings));
}

/** A published layer is the publisher's own, whether or not the record names its version. */
function judgeLayer(layer: LayerChange, { target }: Call, settings: DetectionSettings): LayerVerdict {
  const arn = layer.arn ?? (layer.change === 'published' ? target.arn : undefined);
  const owner = provenanceOf(arn, target, settings);
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
  deployer: string | undefined,
  settings: DetectionSettings,
): Risk {
  const { target } = evidence.call;
  return assessRisk(
    {
      changeKind: evidence.change.kind,
      layers,
      context: evidence.context,
      newLayersHere: new Set(evidence.context.history?.new_layers),
      deployer,
      targetsLayerwatch: target.type === 'function' && isOwnName(target.name ?? '', evidence),
    },
    settings.riskPoints,
  );
}

function deployerOf({ context }: Evidence, { deployers }: DetectionSettings): string | undefined {
  const principal = context.actor?.principal ?? undefined;
  return deployers.find((entry) => principal !== undefined && fitsWildcard(entry.principal, principal))?.name;
}

function decide(
  { call, change, context, doubt, now }: Evidence,
  judged: Pick<DispositionFacts, 'layers' | 'riskOfAnybody' | 'deployer'>,
  settings: DetectionSettings,
): Decision {
  return dispose({ ...judged, call, change, context, doubt, today: isoDay(now) }, settings);
}

function isoDay(time: Date): string {
  return time.toISOString().slice(0, 10);
}

function documentOf(evidence: Evidence, judgement: Judgement, settings: DetectionSettings): FindingDocument {
  const { record, call, now } = evidence;
  const { risk } = judgement;
  const time = (record.eventTime ?? now).toISOString();
  const layerwatch = layerwatchFields(evidence, judgement, settings, time);
  const { rule, threat } = ruleOf(evidence.change.kind);
  return {
    '@timestamp': time,
    ecs: { version: '9.4.0' },
    message: headline(layerwatch),
    event: {
      kind: 'alert',
      category: ['configuration'],
      type: [eventType(record.eventName)],
      module: 'layerwatch',
      dataset: 'layerwatch.finding',
      id: keyword(record.eventId ?? record.identityId),
      provider: keyword(record.eventSource ?? 'unknown'),
      action: keyword(record.eventName),
      outcome: 'success',
      created: now.toISOString(),
      risk_score: risk.score,
      severity: highestScore[risk.band],
      reason: keyword(risk.factors.map((factor) => `${factor.points} ${factor.reason}`).join(', ')),
    },
    observer,
    rule,
    threat,
    cloud: cloudFields(record, settings.accountNames),
    ...callerFields(record),
    source: sourceFields(record, evidence.context),
    ...tlsFields(record),
    user_agent: definedOnly({ original: optionalKeyword(record.userAgent) }),
    ...relatedFields(record),
    aws: { cloudtrail: auditFields(record) },
    layerwatch: { ...layerwatch, target: { ...layerwatch.target, region: call.target.region ?? null } },
  };
}

function layerwatchFields(
  evidence: Evidence,
  { layers, risk, decision, undo }: Judgement,
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
    disposition: decision.disposition,
    disposition_reason: decision.reason,
    exception: decision.exception?.name ?? null,
    folds_until: new Date(window.endMilliseconds).toISOString(),
    target: {
      type: target.type,
      arn: target.arn ?? null,
      name: target.name ?? null,
      account: target.account ?? null,
      account_name: settings.accountNames.get(target.account ?? '') ?? null,
      region: target.region ?? null,
      owner: ownerOf(target, settings) ?? null,
    },
    change: {
      kind: change.kind,
      before: change.before ?? null,
      after: change.after ?? null,
      layers,
      ...(call.asked.kind === 'tampering' ? { action: call.asked.action } : {}),
    },
    rule: ruleOf(change.kind).base,
    risk,
    context,
    unavailable: evidence.unavailable,
    undo,
    ...definedOnly({ runbook: settings.runbook }),
    problems: [...record.problems, ...call.problems, ...(evidence.doubt ?? [])],
  };
}
