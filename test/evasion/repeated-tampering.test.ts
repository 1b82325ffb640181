import { givenUpdate } from '../fixtures/records';
import { PipelineHarness } from '../harness/pipeline-harness';

/**
 * An attacker stops the trail, waits until it is started again and stops it once more within the folding window; or makes a
 * harmless call first, so that the harmful one folds into its alert. It fails: each call of tampering is news of its own.
 */
const call = (eventSource: string, eventName: string, requestParameters: object, minute: number) => ({
  ...givenUpdate(undefined, { eventTime: `2026-10-06T21:${String(minute).padStart(2, '0')}:00Z` }),
  eventSource: `${eventSource}.amazonaws.com`,
  eventName,
  requestParameters,
  responseElements: null,
});
const trail = 'arn:aws:cloudtrail:eu-west-3:123456789012:trail/main';
const topic = 'arn:aws:sns:eu-west-3:123456789012:Layerwatch-Alerts';

test.each([
  [
    'a trail that is stopped twice, by its ARN',
    ['cloudtrail', 'StopLogging', { name: trail }, { name: trail }],
  ],
  [
    'a trail that is stopped twice, by its name',
    ['cloudtrail', 'StopLogging', { name: 'main' }, { name: 'main' }],
  ],
  [
    'a harmless concurrency, and then none',
    [
      'lambda',
      'PutFunctionConcurrency20171031',
      { functionName: 'Layerwatch-Detector', reservedConcurrentExecutions: 900 },
      { functionName: 'Layerwatch-Detector', reservedConcurrentExecutions: 0 },
    ],
  ],
  [
    'a harmless attribute of the topic, and then its policy',
    [
      'sns',
      'SetTopicAttributes',
      { topicArn: topic, attributeName: 'DisplayName' },
      { topicArn: topic, attributeName: 'Policy' },
    ],
  ],
] as const)('given %s, then both calls are notified', async (_, [source, name, first, second]) => {
  const bench = await PipelineHarness.start();
  await bench.process(call(source, name, first, 0));
  await bench.process(call(source, name, second, 20));
  expect(bench.topic.published.map(({ document }) => document.layerwatch.change.kind)).toEqual([
    'tampering',
    'tampering',
  ]);
  await bench.stop();
});
