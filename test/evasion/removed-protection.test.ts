import { account, givenUpdate, layerVersion, userIdentity } from '../fixtures/records';
import { PipelineHarness } from '../harness/pipeline-harness';

/**
 * An attacker takes off a layer that watches the function (MITRE ATT&CK T1562, Impair Defenses). It is notified: the layer was of
 * AWS, of a known vendor or of a trusted account, or it ran an external extension.
 */
const datadog = layerVersion('Datadog-Extension', 91, '464622532012');
const insights = layerVersion('LambdaInsightsExtension', 21, '580247275435');
const trusted = layerVersion('guard', 1, '210987654321');
const own = layerVersion('base', 4);
const at = (minute: number) => ({ eventTime: `2026-10-06T09:${String(minute).padStart(2, '0')}:00Z` });
const eve = { userIdentity };
const settings = { trustedAccounts: ['210987654321'] };

async function dispositionOfRemoval(layer: string, fields: object, replaced: object = {}) {
  const bench = await PipelineHarness.start({ ...settings, ...replaced });
  await bench.process(givenUpdate([own, layer], at(0)));
  const outcome = await bench.process(givenUpdate([own], { ...at(20), ...fields }));
  await bench.stop();
  if (outcome.kind !== 'alert') throw new Error(outcome.kind);
  return outcome.alert.judgedDocument.layerwatch.disposition;
}

test.each([
  ['a known vendor', datadog],
  ['AWS', insights],
  ['a trusted account', trusted],
])('given a layer of %s that is taken off, then it is notified', async (_, layer) => {
  expect(await dispositionOfRemoval(layer, eve)).toBe('notify');
});

test('given a layer of the own account that is taken off, then it is recorded', async () => {
  expect(await dispositionOfRemoval(layerVersion('util', 2), eve)).toBe('record');
});

test('given a deployer that takes such a layer off, then it is recorded', async () => {
  const deployers = [{ name: 'pipeline', principal: `arn:aws:iam::${account}:role/ci-deploy` }];
  expect(await dispositionOfRemoval(datadog, {}, { deployers })).toBe('record');
});

test('given an exception for what was added, then it does not cover what was taken off', async () => {
  const exceptions = [
    {
      name: 'apm',
      owner: 'platform',
      reason: 'rollout',
      expires: '2999-12-31',
      layer: 'arn:aws:lambda:*:464622532012:layer:*',
    },
  ];
  const bench = await PipelineHarness.start({ ...settings, exceptions });
  await bench.process(givenUpdate([trusted], at(0)));
  const outcome = await bench.process(givenUpdate([datadog], { ...at(20), ...eve }));
  await bench.stop();
  expect(outcome.kind === 'alert' && outcome.alert.judgedDocument.layerwatch.disposition).toBe('notify');
});
