import { stackName } from '../../../lambda/contract';
import { type Classification, classify } from '../../../lambda/detection/classify';
import type { FindingDocument } from '../../../lambda/detection/finding-document';
import { describeOwner, layerLabel } from '../../../lambda/detection/layer-labels';
import type { CloudTrailRecord } from '../../../lambda/detection/record';
import type { MismatchReason } from '../../../lambda/detection/rule';
import type { DetectionSettings } from '../../../lambda/detection/settings';
import type { Outcome } from '../../../lambda/pipeline/process-record';
import { plural } from '../../../lambda/text/format';
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
  const classified = classify(value, { ownNamePrefix: `${stackName}-` });
  if (classified.kind === 'not-cloudtrail')
    return [{ step: 'record', result: 'not a CloudTrail record', reasons: [classified.reason] }];
  const read = recordStep(classified.record);
  const match = matchStep(classified);
  if (classified.kind === 'no-match' || classified.kind === 'function-lifecycle') return [read, match];
  const outcome = await process(value);
  const finding = outcome.kind === 'alert' ? outcome.finding : undefined;
  if (finding === undefined)
    return [
      read,
      match,
      { step: 'disposition', result: 'counted before', reasons: ['the state holds this record'] },
    ];
  return [read, match, ...findingSteps(finding, settings)];
}

/** What the classifier makes of the record, as the detector does. */
function matchStep(classified: Exclude<Classification, { kind: 'not-cloudtrail' }>): Step {
  switch (classified.kind) {
    case 'layer-call':
      return {
        step: 'match',
        result: 'matches the rule',
        reasons: ['provider Lambda, action by its beginning, outcome success', ...classified.call.problems],
      };
    case 'tampering':
      return {
        step: 'match',
        result: 'is tampering',
        reasons: ['the call can make Layerwatch blind or silent', ...classified.call.problems],
      };
    case 'forged':
      return { step: 'match', result: 'is forged', reasons: classified.call.problems };
    case 'function-lifecycle':
      return {
        step: 'match',
        result: 'does not match the rule',
        reasons: [`the function was ${classified.lifecycle.verb}: no alert, and a fact of its history`],
      };
    case 'no-match':
      return {
        step: 'match',
        result: 'does not match the rule',
        reasons: [describeMismatch[classified.reason]],
      };
  }
}

function recordStep(record: CloudTrailRecord): Step {
  const time = record.eventTime?.toISOString() ?? 'no time';
  return { step: 'record', result: `${record.eventName} at ${time}`, reasons: record.problems };
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
    { step: 'disposition', result: disposition, reasons: [describeReason(layerwatch, settings)] },
    {
      step: 'folding',
      result: `alert ${alert_id}`,
      reasons: [`repeats of the same call fold into it until ${folds_until}`],
    },
  ];
}

function describeReason(
  { change, risk, disposition_reason }: FindingDocument['layerwatch'],
  { minimumBandToNotify, notifyOn }: DetectionSettings,
): string {
  switch (disposition_reason) {
    case 'notified':
      return 'the change is one to notify, and its severity is high enough';
    case 'excepted':
      return 'an exception keeps it from being notified; it is stored under the exception’s name';
    case 'below-minimum-severity':
      return `the severity ${risk.band} is below minimumBandToNotify ${minimumBandToNotify}`;
    case 'change-not-notified':
      return `a change of kind ${change.kind} is stored and not notified, because notifyOn is ${[notifyOn].flat().join(', ')}`;
  }
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
