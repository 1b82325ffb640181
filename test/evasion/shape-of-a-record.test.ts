import {
  account,
  answering,
  functionArn,
  givenEnvelope,
  givenUpdate,
  layerVersion,
  region,
} from '../fixtures/records';
import { PipelineHarness } from '../harness/pipeline-harness';

/**
 * A record of an attach may be written in another way than CloudTrail writes it: by an export, by another partition, with fields
 * that other things have. It fails: what can be read is read, and what has an unknown shape is notified.
 */
const evil = layerVersion('evil', 1, '999988887777');
const attach = (requestParameters: unknown, fields = {}) =>
  givenUpdate([evil], { requestParameters, ...answering([evil]), ...fields });
const asked = { functionName: 'payments', layers: [evil] };

const read: readonly (readonly [string, unknown])[] = [
  ['names with a capital letter', attach({ FunctionName: 'payments', Layers: [evil] })],
  ['layers as objects', attach({ ...asked, layers: [{ Arn: evil }] })],
  ['one layer without a list', attach({ ...asked, layers: evil })],
  ['layers as a text of JSON', attach({ ...asked, layers: JSON.stringify([evil]) })],
  ['parameters as a text of JSON', attach(JSON.stringify(asked), { responseElements: null })],
  ['the source of China', attach(asked, { eventSource: 'lambda.amazonaws.com.cn' })],
  ['a bare record with a key of events', { ...attach(asked), detail: { severity: 'low' } }],
  ['an event', givenEnvelope(attach(asked))],
  ['an error code that is null', attach(asked, { errorCode: null, errorMessage: null })],
  ['an error code that is empty', attach(asked, { errorCode: '', errorMessage: {} })],
  ['no word of the caller', attach(asked, { userIdentity: undefined })],
  ['a caller of another account', attach(asked, { userIdentity: { type: 'AWSAccount', accountId: '1' } })],
  ['readOnly', attach(asked, { readOnly: true })],
];

test.each(read)('given %s, then the attach is notified with what it left', async (_, record) => {
  const bench = await PipelineHarness.start();
  await bench.process(givenUpdate([], { eventTime: '2026-10-06T21:00:00Z' }));
  expect(await bench.process(record)).toMatchObject({
    notification: 'sent',
    finding: { layerwatch: { change: { kind: 'added', before: [], after: [evil] } } },
  });
  await bench.stop();
});

test('given parameters that are a cut text of JSON, then they are kept nowhere and the call is notified', async () => {
  const bench = await PipelineHarness.start();
  const outcome = await bench.process(attach('{"environment":{"variables":{"PASSWORD":"hunter2'));
  const histories = await bench.ports.state.histories([functionArn('payments')]);
  expect(outcome).toMatchObject({ notification: 'sent' });
  expect(JSON.stringify([outcome, [...histories.values()]])).not.toContain('hunter2');
  await bench.stop();
});

test('given an environment in parameters that are a text of JSON, then its values are kept nowhere', async () => {
  const bench = await PipelineHarness.start();
  const secret = 'hunter2';
  const parameters = JSON.stringify({ ...asked, environment: { variables: { PASSWORD: secret } } });
  const record = attach(parameters, {
    responseElements: JSON.stringify({
      functionArn: functionArn('payments'),
      environment: { variables: { PASSWORD: secret } },
    }),
  });
  const outcome = await bench.process(record);
  const histories = await bench.ports.state.histories([functionArn('payments')]);
  expect(JSON.stringify([outcome, [...histories.values()]])).not.toContain(secret);
  expect(JSON.stringify([...histories.values()])).toContain('PASSWORD');
  await bench.stop();
});

const names = [
  'payments',
  'payments:live',
  'function:payments',
  `${account}:function:payments`,
  `${account}:payments:live`,
  `${region}:${account}:function:payments`,
  functionArn('payments'),
  `${functionArn('payments')}:$LATEST`,
];

test.each(names)('given the name %s and no response, then it is the same function', async (functionName) => {
  const bench = await PipelineHarness.start();
  await bench.process(givenUpdate([], { eventTime: '2026-10-06T21:00:00Z' }));
  const record = attach({ functionName, layers: [evil] }, { responseElements: null });
  expect(await bench.process(record)).toMatchObject({
    finding: { layerwatch: { change: { kind: 'added' } } },
  });
  await bench.stop();
});

const unknownShapes: readonly (readonly [string, unknown])[] = [
  ['parameters in parameters', { requestParameters: asked }],
  ['parameters in a request', { updateFunctionConfigurationRequest: asked }],
  ['an empty object', {}],
  ['a list', [asked]],
  ['layers in an object', { ...asked, layers: { items: [{ arn: evil }] } }],
  ['a number of layers', { ...asked, layers: 1 }],
  ['an empty text', { ...asked, layers: '' }],
  ['nothing in the list', { ...asked, layers: [null] }],
];

test.each(unknownShapes)(
  'given %s as parameters, then it is notified as unreadable',
  async (_, parameters) => {
    const bench = await PipelineHarness.start();
    expect(await bench.process(attach(parameters))).toMatchObject({
      notification: 'sent',
      finding: { layerwatch: { change: { kind: 'unreadable', after: [evil] } } },
    });
    await bench.stop();
  },
);

test.each(['2026-02-30T21:14:05Z', '9999-12-31T23:59:59-14:00', '20261006', 1_791_321_245])(
  'given %j as the time, then the attach is notified and the time counts as not read',
  async (eventTime) => {
    const bench = await PipelineHarness.start();
    const outcome = await bench.process(attach(asked, { eventTime }));
    expect(outcome).toMatchObject({ notification: 'sent', eventTime: undefined });
    await bench.stop();
  },
);

test.each(['2026-10-06t21:14:05z', '2026-10-06 21:14:05 utc', '2026-10-06T23:14:05+0200'])(
  'given %j as the time, then it is read',
  async (eventTime) => {
    const bench = await PipelineHarness.start();
    const outcome = await bench.process(attach(asked, { eventTime }));
    expect(outcome).toMatchObject({ eventTime: new Date('2026-10-06T21:14:05Z') });
    await bench.stop();
  },
);
