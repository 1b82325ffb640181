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

test('given what the exception says, then it is stored and nobody is notified', async () => {
  const bench = await PipelineHarness.start({ exceptions: [exception] });
  const outcome = await bench.process(givenUpdate([datadog]));
  expect(outcome).toMatchObject({
    notification: 'none',
    finding: { layerwatch: { disposition: 'except', exception: 'apm' } },
  });
  await bench.stop();
});
