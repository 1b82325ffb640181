import { givenUpdate, layerVersion } from '../fixtures/records';
import { PipelineHarness } from '../harness/pipeline-harness';

/**
 * A record is known by its event id, so records of other content under one id may pass for repeats.
 * It fails: an id is known within its alert only, and another function, actor, list or hour is another alert.
 */
const foreignLayer = layerVersion('boto-utils', 3, '999988887777');
const eventID = '11111111-0000-4000-8000-999999999999';

test('given other functions, layers and hours under one id, then each is notified', async () => {
  const bench = await PipelineHarness.start();
  const records = [
    givenUpdate([layerVersion('base', 1)], { eventID }),
    givenUpdate([layerVersion('base', 1)], { eventID }, 'orders'),
    givenUpdate([layerVersion('base', 1), foreignLayer], { eventID, eventTime: '2026-10-06T21:20:00Z' }),
    givenUpdate([foreignLayer], { eventID, eventTime: '2026-10-06T23:20:00Z' }, 'reports'),
  ];
  for (const record of records)
    expect(await bench.process(record)).toMatchObject({ outcome: 'created', notification: 'sent' });
  for (const record of records) expect(await bench.process(record)).toMatchObject({ outcome: 'duplicate' });
  expect(bench.topic.published).toHaveLength(4);
  await bench.stop();
});
