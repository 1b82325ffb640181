import { givenUpdate, layerVersion, userIdentity } from '../fixtures/records';
import { PipelineHarness } from '../harness/pipeline-harness';

/**
 * A thousand harmless alerts may use up the notifications of ten minutes before the one that counts.
 * It fails: a fifth of the budget is kept for high and critical alerts and for other actors, each account of an organization has
 * a budget of its own, and what is withheld is stored, counted and named in a digest.
 */
test('given a thousand harmless alerts, then a high one of the same actor and one of another actor are notified', async () => {
  const bench = await PipelineHarness.start({ notificationBudget: { count: 20, minutes: 10 } });
  const noise = Array.from({ length: 1_000 }, (_, index) =>
    givenUpdate([layerVersion('base', 1)], {}, `function-${index}`),
  );
  for (const record of noise) await bench.process(record);
  expect(bench.topic.published).toHaveLength(16);
  const foreignLayer = layerVersion('boto-utils', 3, '999988887777');
  expect(await bench.process(givenUpdate([foreignLayer]))).toMatchObject({ notification: 'sent' });
  const quiet = givenUpdate([layerVersion('base', 2)], { userIdentity }, 'orders');
  expect(await bench.process(quiet)).toMatchObject({ notification: 'sent' });
  await bench.stop();
});

test('given a thousand harmless alerts of one account of an organization, then one of another account is notified', async () => {
  const organization = { id: 'o-a1b2c3d4e5', accounts: [], readAccounts: false, regions: [] };
  const bench = await PipelineHarness.start({ notificationBudget: { count: 20, minutes: 10 }, organization });
  for (let index = 0; index < 100; index++)
    await bench.process(givenUpdate([layerVersion('base', 1)], {}, `function-${index}`));
  const ofOther = JSON.stringify(givenUpdate([layerVersion('base', 1)], {}, 'orders'));
  const calm: unknown = JSON.parse(ofOther.replaceAll('123456789012', '210987654321'));
  expect(await bench.process(calm)).toMatchObject({ notification: 'sent' });
  await bench.stop();
});
