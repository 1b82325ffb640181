import { digestNotification } from '../../lambda/notification/digest';
import { givenUpdate, layerVersion, userIdentity } from '../fixtures/records';
import { PipelineHarness } from '../harness/pipeline-harness';

/**
 * A hundred high alerts use up the budget, and the critical one behind them would be withheld. It fails: critical alerts are
 * outside the budget, and a digest says its highest severity where everybody sees it.
 */
const foreign = layerVersion('boto-utils', 3, '999988887777');
const at = (second: number) => ({ eventTime: `2026-10-06T09:00:${String(second % 60).padStart(2, '0')}Z` });

test('given a budget that high alerts have used up, then tampering is notified', async () => {
  const bench = await PipelineHarness.start({ notificationBudget: { count: 10, minutes: 10 } });
  for (let index = 0; index < 12; index++)
    await bench.process(givenUpdate([foreign], { ...at(index), userIdentity }, `function-${index}`));
  const stopped = {
    ...givenUpdate(undefined, at(30)),
    eventSource: 'cloudtrail.amazonaws.com',
    eventName: 'StopLogging',
    requestParameters: { name: 'main' },
  };
  await bench.process(stopped);
  expect(bench.topic.published.at(-1)?.document.event.action).toBe('StopLogging');
  await bench.stop();
});

const withheld = (band: 'low' | 'high', index: number) => ({
  alertId: `${index}`.padStart(64, 'a'),
  actor: 'arn:aws:iam::123456789012:role/ci-deploy',
  targetArn: `arn:aws:lambda:eu-west-3:123456789012:function:function-${index}`,
  band,
  firstSeen: '2026-10-06T09:00:00.000Z',
});

test('given a digest with one high alert among low ones, then its subject says HIGH', () => {
  const all = [...Array.from({ length: 30 }, (_, index) => withheld('low', index)), withheld('high', 30)];
  const digest = digestNotification({
    withheld: all,
    isAll: true,
    now: new Date(),
    alertTable: undefined,
    accountNames: new Map(),
  });
  expect(digest.subject).toBe('DIGEST HIGH: 31 notifications withheld');
});

test('given a digest with one high alert among low ones, then Slack names that alert', () => {
  const all = [...Array.from({ length: 30 }, (_, index) => withheld('low', index)), withheld('high', 30)];
  const digest = digestNotification({
    withheld: all,
    isAll: true,
    now: new Date(),
    alertTable: undefined,
    accountNames: new Map(),
  });
  expect(digest.bodies['https']).toContain('function:function-30');
});
