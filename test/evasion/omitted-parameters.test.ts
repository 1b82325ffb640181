import { answering, givenUpdate, layerVersion } from '../fixtures/records';
import { PipelineHarness } from '../harness/pipeline-harness';

/**
 * CloudTrail leaves out parameters of more than 100 KB, so a call may be made so large that its layers are not in the record.
 * It fails: a match that cannot be read is notified, with the layers of the response where it has them.
 */
const foreignLayer = layerVersion('boto-utils', 3, '999988887777');

test.each([
  ['null', null],
  ['a note that they were left out', { omitted: true, originalSize: 120_000 }],
  ['cut off', '{"functionName":"payments","layers":["arn:aws'],
])(
  'given parameters that are %s, then the call is notified, and what the response shows is judged',
  async (_, requestParameters) => {
    const bench = await PipelineHarness.start();
    await bench.process(givenUpdate([layerVersion('base', 1)], { eventTime: '2026-10-06T09:00:00Z' }));
    const record = givenUpdate(undefined, {
      ...answering([layerVersion('base', 1), foreignLayer]),
      requestParameters,
    });
    const outcome = await bench.process(record);
    expect(outcome).toMatchObject({
      notification: 'sent',
      finding: {
        layerwatch: {
          change: {
            kind: 'unreadable',
            layers: [{ change: 'kept' }, { arn: foreignLayer, change: 'added' }],
          },
        },
      },
    });
    await bench.stop();
  },
);

test('given neither parameters nor response, then the baseline is trusted no more', async () => {
  const bench = await PipelineHarness.start();
  const base = layerVersion('base', 1);
  await bench.process(givenUpdate([base], { eventTime: '2026-10-06T09:00:00Z' }));
  const fields = { requestParameters: { functionName: 'payments', layers: 7 }, responseElements: null };
  await bench.process(givenUpdate(undefined, { ...fields, eventTime: '2026-10-06T10:00:00Z' }));
  const next = await bench.process(givenUpdate([base], { eventTime: '2026-10-06T11:00:00Z' }));
  expect(next).toMatchObject({ finding: { layerwatch: { change: { kind: 'before-unknown' } } } });
  await bench.stop();
});
