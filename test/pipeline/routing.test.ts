import type { Notification } from '../../lambda/ports';
import { givenUpdate, layerVersion } from '../fixtures/records';
import { PipelineHarness } from '../harness/pipeline-harness';

const foreign = layerVersion('boto-utils', 3, '999988887777');

/** Topics of which some refuse. */
function topicsThat(refuse: (topic: string) => boolean) {
  const accepted: string[] = [];
  const publisher = {
    publish: async ({ route = 'alert-topic' }: Notification) => {
      if (refuse(route)) throw new Error(`topic ${route} is away`);
      accepted.push(route);
      return { messageId: `of ${route}` };
    },
  };
  return { publisher, accepted };
}

const routes = [{ name: 'payments' }, { name: 'security' }];

test('given routes and "all", then every topic has the notification once, however often the record comes', async () => {
  const bench = await PipelineHarness.start({ routes, routing: 'all' });
  const { publisher, accepted } = topicsThat(() => false);
  const record = givenUpdate([foreign]);
  for (let delivery = 0; delivery < 3; delivery++) await bench.processWith({ publisher }, record);
  expect(accepted).toEqual(['alert-topic', 'payments', 'security']);
  await bench.stop();
});

test('given a topic that is away, then the event is tried again, and those that have it are not notified twice', async () => {
  const bench = await PipelineHarness.start({ routes, routing: 'all' });
  let isAway = true;
  const { publisher, accepted } = topicsThat((topic) => isAway && topic === 'security');
  const record = givenUpdate([foreign]);
  await expect(bench.processWith({ publisher }, record)).rejects.toThrow('topic security is away');
  isAway = false;
  bench.advanceSeconds(46);
  await bench.processWith({ publisher }, record);
  expect(accepted).toEqual(['alert-topic', 'payments', 'security']);
  await bench.stop();
});

test('given an alert that is put back, then every topic is notified again', async () => {
  const bench = await PipelineHarness.start({ routes, routing: 'all' });
  const { publisher, accepted } = topicsThat(() => false);
  const at = (second: number) => ({ eventTime: `2026-10-06T21:00:0${second}Z` });
  for (const [second, layers] of [[foreign], [], [foreign], [], [foreign]].entries())
    await bench.processWith({ publisher }, givenUpdate(layers, at(second)));
  expect(accepted.filter((topic) => topic === 'security').length).toBeGreaterThan(1);
  expect(accepted.filter((topic) => topic === 'security')).toHaveLength(
    accepted.filter((topic) => topic === 'alert-topic').length,
  );
  await bench.stop();
});
