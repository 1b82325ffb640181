import { emailOf } from '../../lambda/notification/email';
import { givenUpdate, layerVersion } from '../fixtures/records';
import { PipelineHarness } from '../harness/pipeline-harness';

/**
 * An attacker puts the layer on again from elsewhere. The message is about that call and not about the first one: its source,
 * time, tool and event.
 */
const foreign = layerVersion('boto-utils', 3, '999988887777');
const at = (minute: number) => ({ eventTime: `2026-10-06T10:${String(minute).padStart(2, '0')}:00Z` });

test('given a layer that is put on again, then the message has the source, tool, time and event of that call', async () => {
  const bench = await PipelineHarness.start();
  await bench.process(givenUpdate([foreign], { ...at(0), sourceIPAddress: '198.51.100.1' }));
  await bench.process(givenUpdate([], at(10)));
  const second = givenUpdate([foreign], {
    ...at(20),
    sourceIPAddress: '198.51.100.99',
    userAgent: 'curl/8 second call',
  });
  await bench.process(second);
  const document = bench.topic.published.at(-1)?.document;
  if (document === undefined) throw new Error('nothing was published');
  const email = emailOf(document, { previouslyNotified: { band: 'high' } });
  expect(email).toContain('From: 198.51.100.99');
  expect(email).toContain('Tool: "curl/8 second call"');
  expect(email).toContain('10:20:00');
  expect(email).toContain(`Event: UpdateFunctionConfiguration, ${second['eventID']}`);
  await bench.stop();
});
