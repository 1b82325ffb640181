import fc from 'fast-check';
import { refusalOf } from '../../cli/embedded/sns-rules';
import { describeActor } from '../../lambda/context/actor';
import { describeOrigin } from '../../lambda/context/origin';
import { describeTime } from '../../lambda/context/time';
import type { Finding } from '../../lambda/detection/alert';
import { answeredLayers } from '../../lambda/detection/call';
import { decideChange } from '../../lambda/detection/change';
import { classify } from '../../lambda/detection/classify';
import { buildFinding } from '../../lambda/detection/finding';
import { emptyHistory } from '../../lambda/detection/history';
import { entryOfCall } from '../../lambda/detection/history-entry';
import { insertEntry } from '../../lambda/detection/history-insert';
import { listsBefore } from '../../lambda/detection/history-lists';
import { defaultDetectionSettings } from '../../lambda/detection/settings';
import { sightingsOf, stateQueryFor } from '../../lambda/detection/state-query';
import { renderNotification, toSnsMessage } from '../../lambda/notification/message';
import { layerVersion } from '../fixtures/records';
import { PipelineHarness } from '../harness/pipeline-harness';
import { anyRecord, mutatedRecord, secret } from './records';

export interface FuzzProperty {
  readonly name: string;
  /** Part of all cases. */
  readonly share: number;
  readonly run: (numRuns: number) => Promise<void>;
}

const now = new Date('2026-10-06T21:15:00Z');
const before = [layerVersion('base', 1)];

/** Takes a value as far as it goes without a store; `undefined` where it is no alert. */
export function judged(value: unknown): Finding | undefined {
  const classified = classify(value, { ownNamePrefix: 'Layerwatch-' });
  if (!('call' in classified)) return undefined;
  const { record, call } = classified;
  const entry = entryOfCall(record, call);
  const history = entry === undefined ? emptyHistory : insertEntry(emptyHistory, entry).history;
  const lists = entry === undefined ? [before] : [before, ...listsBefore(history, entry)];
  const change = decideChange(call.asked, { before: lists, answered: answeredLayers(record) });
  stateQueryFor(record, call, 'BR');
  sightingsOf(record, call, change, 'BR');
  const context = {
    actor: describeActor(record),
    origin: describeOrigin(record, { countryOf: () => 'BR' }),
    time: describeTime(record, undefined),
  };
  const evidence = { record, call, change, context, unavailable: [], now, ownNamePrefix: 'Layerwatch-' };
  return buildFinding(evidence, defaultDetectionSettings);
}

function check(condition: boolean, what: string): void {
  if (!condition) throw new Error(what);
}

/** What has to hold of every record, however hostile. */
export const properties: readonly FuzzProperty[] = [
  {
    name: 'parser, match, change and finding are total over any JSON',
    share: 0.4,
    run: async (numRuns) => {
      fc.assert(
        fc.property(anyRecord, (value) => void judged(value)),
        { numRuns },
      );
    },
  },
  {
    name: 'SNS accepts every message, its machine body parses, and no secret is in it',
    share: 0.58,
    run: async (numRuns) => {
      fc.assert(
        fc.property(mutatedRecord, (value) => {
          const alert = judged(value);
          if (alert === undefined) return;
          const notification = renderNotification(alert.document, {
            alertTable: { name: 'alerts', region: 'eu-west-3' },
            previouslyNotified: { band: 'low' },
          });
          const message = toSnsMessage(notification);
          const refusal = refusalOf(notification.subject, message);
          check(refusal === undefined, `SNS refuses: ${refusal}`);
          check(
            JSON.parse(notification.bodies['sqs'] ?? '').layerwatch.alert_id === alert.alertId,
            'machine body',
          );
          check(JSON.parse(notification.bodies['https'] ?? '').version === '1.0', 'Slack body');
          check(!message.includes(secret), 'a secret is in the message');
          const email = notification.bodies['email'] ?? '';
          check(email.split('\n').filter((line) => line.startsWith('Who: ')).length === 1, 'a forged label');
        }),
        { numRuns },
      );
    },
  },
  {
    name: 'the handler resolves or rejects, and neither logs nor sends a secret',
    share: 0.02,
    run: async (numRuns) => {
      const bench = await PipelineHarness.start({ notificationBudget: { count: 1_000_000, minutes: 10 } });
      const lines: string[] = [];
      const log = (message: string, details: unknown) => void lines.push(message, JSON.stringify(details));
      const observer = { ...bench.ports.observer, info: log, warn: log };
      try {
        await fc.assert(
          fc.asyncProperty(mutatedRecord, async (value) => {
            const outcome = await bench.processWith({ observer }, value);
            check(['alert', 'not-matched', 'not-cloudtrail'].includes(outcome.kind), outcome.kind);
            check(!lines.splice(0).join('\n').includes(secret), 'a secret is in the log');
          }),
          { numRuns },
        );
        check(!JSON.stringify(bench.topic.published).includes(secret), 'a secret was sent');
      } finally {
        await bench.stop();
      }
    },
  },
];
