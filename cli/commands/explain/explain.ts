import { readCall } from '../../../lambda/detection/call';
import type { FindingDocument } from '../../../lambda/detection/finding-document';
import { describeOwner, layerLabel, plural } from '../../../lambda/detection/layer-labels';
import { readFunctionLifecycle } from '../../../lambda/detection/lifecycle';
import { type CloudTrailRecord, parseRecord } from '../../../lambda/detection/record';
import { type MismatchReason, matchRule } from '../../../lambda/detection/rule';
import type { DetectionSettings } from '../../../lambda/detection/settings';
import type { Outcome } from '../../../lambda/pipeline/process-record';
import { escapeForDisplay } from '../../../lambda/text/untrusted-text';

/** One step of the way of a record: what was decided, and why. */
export interface Step {
  readonly step: 'record' | 'match' | 'change' | 'risk' | 'exception' | 'disposition' | 'folding';
  readonly result: string;
  readonly reasons: readonly string[];
}

const describeMismatch: Readonly<Record<MismatchReason, string>> = {
  'other-service': 'the event’s source is another service than Lambda',
  'other-action': 'the action is neither PublishLayerVersion* nor UpdateFunctionConfiguration*',
  'failed-call': 'the call failed, so nothing was changed; a denial counts as an attempt of the actor',
};

/** Says step by step what becomes of a record; `process` takes it through the pipeline. */
export async function explain(
  value: unknown,
  settings: DetectionSettings,
  process: (value: unknown) => Promise<Outcome>,
): Promise<readonly Step[]> {
  const parsed = parseRecord(value);
  if (parsed.kind === 'not-cloudtrail')
    return [{ step: 'record', result: 'not a CloudTrail record', reasons: [parsed.reason] }];
  const { record } = parsed;
  const match = matchRule(record);
  const read = recordStep(record);
  if (!match.matched) return [read, mismatchStep(record, match.reason)];
  const call = readCall(record, match.action);
  const outcome = await process(value);
  const finding = outcome.kind === 'alert' ? outcome.finding : undefined;
  const matched: Step = {
    step: 'match',
    result: 'matches the rule',
    reasons: ['provider Lambda, action by its beginning, outcome success', ...call.problems],
  };
  if (finding === undefined)
    return [
      read,
      matched,
      { step: 'disposition', result: 'counted before', reasons: ['the state holds this record'] },
    ];
  return [read, matched, ...findingSteps(finding, settings)];
}

function recordStep(record: CloudTrailRecord): Step {
  const time = record.eventTime?.toISOString() ?? 'no time';
  return { step: 'record', result: `${record.eventName} at ${time}`, reasons: record.problems };
}

function mismatchStep(record: CloudTrailRecord, reason: MismatchReason): Step {
  const lifecycle = readFunctionLifecycle(record);
  const reasons =
    lifecycle === undefined
      ? [describeMismatch[reason]]
      : [
          'it only tells which layers the function begins with, or that nothing is known of its name any more',
        ];
  return { step: 'match', result: 'does not match the rule', reasons };
}

function findingSteps({ layerwatch }: FindingDocument, settings: DetectionSettings): readonly Step[] {
  const { change, risk, disposition, exception, alert_id, folds_until } = layerwatch;
  return [
    {
      step: 'change',
      result: change.kind,
      reasons: change.layers.map((layer) => `${layer.change}: ${layerLabel(layer)}, ${describeOwner(layer)}`),
    },
    {
      step: 'risk',
      result: `${risk.band} ${risk.score}`,
      reasons: risk.factors.map(({ id, points, reason }) => `${points} ${id}: ${reason}`),
    },
    {
      step: 'exception',
      result: exception ?? 'none applies',
      reasons: [`${plural(settings.exceptions.length, 'exception')} in the configuration`],
    },
    { step: 'disposition', result: disposition, reasons: [whyOf(layerwatch, settings)] },
    {
      step: 'folding',
      result: `alert ${alert_id}`,
      reasons: [`repeats of the same call fold into it until ${folds_until}`],
    },
  ];
}

function whyOf(
  { change, risk, disposition }: FindingDocument['layerwatch'],
  settings: DetectionSettings,
): string {
  if (disposition === 'notify') return 'the change is one to be told of, and its band is high enough';
  if (disposition === 'except') return 'the exception keeps it from being told; it is stored under its name';
  if (risk.band !== settings.minimumBandToNotify && change.layers.length > 0 && isTold(change.kind))
    return `the band ${risk.band} is below minimumBandToNotify ${settings.minimumBandToNotify}`;
  return `a change of kind ${change.kind} is stored and not told, because notifyOn is ${settings.notifyOn}`;
}

function isTold(kind: string): boolean {
  return ['added', 'version-changed', 'before-unknown', 'published', 'unreadable'].includes(kind);
}

/** For people: one line a step, its reasons below it. */
export function describeSteps(steps: readonly Step[]): string {
  return steps
    .flatMap(({ step, result, reasons }) => [
      `${step.padEnd(12)}${escapeForDisplay(result)}`,
      ...reasons.map((reason) => `${' '.repeat(12)}- ${escapeForDisplay(reason)}`),
    ])
    .join('\n');
}
