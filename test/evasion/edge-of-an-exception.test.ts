import type { Exception } from '../../lambda/detection/settings';
import { account, givenUpdate, layerVersion } from '../fixtures/records';
import { PipelineHarness } from '../harness/pipeline-harness';

/**
 * Somebody who knows the exceptions may act just beside them. It fails: every condition has to hold, for every new layer,
 * to the day, and a condition without a value to compare does not hold.
 */
const datadog = layerVersion('Datadog-Extension', 91, '464622532012');
const exception: Exception = {
  name: 'apm',
  owner: 'platform team',
  reason: 'rollout',
  expires: '2999-12-31',
  principal: `arn:aws:iam::${account}:role/ci-deploy`,
  function: 'pay*',
  layer: 'arn:aws:lambda:*:464622532012:layer:Datadog-Extension',
};

const beside: readonly (readonly [string, unknown, Partial<Exception>])[] = [
  ['another layer with it', givenUpdate([datadog, layerVersion('x', 1, '999988887777')]), {}],
  [
    'a layer whose name only begins like it',
    givenUpdate([layerVersion('Datadog-Extension-evil', 1, '464622532012')]),
    {},
  ],
  ['another function', givenUpdate([datadog], {}, 'repay'), {}],
  [
    'a function without a name',
    givenUpdate([datadog], { requestParameters: { layers: [datadog] }, responseElements: null }),
    {},
  ],
  [
    'an exception that ended yesterday',
    givenUpdate([datadog]),
    { expires: new Date(Date.now() - 86_400_000).toISOString().slice(0, 10) },
  ],
  [
    'a role whose name only begins like it',
    givenUpdate([datadog]),
    { principal: `arn:aws:iam::${account}:role/ci` },
  ],
  [
    'layers that cannot be read',
    givenUpdate([datadog], { requestParameters: null, responseElements: null }),
    {},
  ],
];

test.each(beside)('given %s, then it is notified', async (_, record, changed) => {
  const bench = await PipelineHarness.start({ exceptions: [{ ...exception, ...changed }] });
  expect(await bench.process(record)).toMatchObject({ notification: 'sent' });
  await bench.stop();
});

const stopOfPayTrail = givenUpdate(undefined, {
  eventSource: 'cloudtrail.amazonaws.com',
  eventName: 'StopLogging',
  requestParameters: { name: 'payments-trail' },
  responseElements: null,
});
const { principal, function: pattern, ...rest } = exception;
const noLayer = { name: rest.name, owner: rest.owner, reason: rest.reason, expires: rest.expires };

test.each<readonly [string, Exception]>([
  ['a principal', { ...noLayer, ...(principal && { principal }) }],
  ['a function', { ...noLayer, function: '*' }],
  [
    'a principal and a function',
    { ...noLayer, ...(principal && { principal }), ...(pattern && { function: pattern }) },
  ],
  ['an account', { ...noLayer, account }],
  ['a region', { ...noLayer, region: '*' }],
])('given an exception for %s, then a trail that is stopped is notified', async (_, broad) => {
  const bench = await PipelineHarness.start({ exceptions: [broad] });
  expect(await bench.process(stopOfPayTrail)).toMatchObject({ notification: 'sent' });
  await bench.stop();
});

const changeOfOwnTopic = givenUpdate(undefined, {
  eventSource: 'sns.amazonaws.com',
  eventName: 'SetTopicAttributes',
  requestParameters: { topicArn: `arn:aws:sns:eu-west-3:${account}:Layerwatch-Alerts1234-abc` },
  responseElements: null,
});

test.each<readonly [string, unknown, string]>([
  ['the role that deploys Layerwatch', changeOfOwnTopic, '*Layerwatch-*'],
  ['the role that changes a trail', stopOfPayTrail, 'trail/payments-*'],
])('given an exception for %s that names what it changes, then it is excepted', async (_, record, name) => {
  const exceptions = [{ ...noLayer, ...(principal && { principal }), function: name }];
  const bench = await PipelineHarness.start({ exceptions });
  expect(await bench.process(record)).toMatchObject({ notification: 'none' });
  await bench.stop();
});

test('given an excepted call that is too late to judge what it hides, then it is notified', async () => {
  const exceptions = [{ ...noLayer, ...(principal && { principal }) }];
  const bench = await PipelineHarness.start({ exceptions, minimumBandToNotify: 'critical' });
  await bench.process(givenUpdate([datadog], { eventTime: '2026-10-30T00:00:00Z' }));
  await bench.process(givenUpdate([], { eventTime: '2026-10-01T00:00:00Z' }));
  const late = givenUpdate([], { eventTime: 'yesterday' });
  expect(await bench.process(late)).toMatchObject({ notification: 'sent' });
  await bench.stop();
});

test('given a text that only begins like the excepted layer version, then it is notified', async () => {
  const bench = await PipelineHarness.start({ exceptions: [exception] });
  expect(await bench.process(givenUpdate([`${datadog}:evil`]))).toMatchObject({ notification: 'sent' });
  await bench.stop();
});

test('given what the exception says, then it is stored and nobody is notified', async () => {
  const bench = await PipelineHarness.start({ exceptions: [exception] });
  const outcome = await bench.process(givenUpdate([datadog]));
  expect(outcome).toMatchObject({
    notification: 'none',
    finding: { layerwatch: { disposition: 'except', exception: 'apm' } },
  });
  await bench.stop();
});
