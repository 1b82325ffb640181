import { account, givenUpdate, layerVersion, userIdentity } from '../fixtures/records';
import { PipelineHarness } from '../harness/pipeline-harness';

/**
 * An attacker acts as a configured deployer, whose points lower the score below what is notified. It fails: a deployer lowers
 * the severity that is shown, and never silences; what no deployer should do keeps its severity.
 */
const settings = {
  minimumBandToNotify: 'high',
  deployers: [{ name: 'pipeline', principal: `arn:aws:iam::${account}:role/ci-deploy` }],
} as const;
const foreign = layerVersion('boto-utils', 3, '999988887777');
const base = layerVersion('base', 4);

async function alertOf(record: unknown, replaced: object = settings) {
  const bench = await PipelineHarness.start(replaced);
  const outcome = await bench.process(record);
  await bench.stop();
  if (outcome.kind !== 'alert') throw new Error(outcome.kind);
  return outcome.alert.judgedDocument.layerwatch;
}

test('given a layer of an unknown account by a deployer, then it is as severe as by anybody', async () => {
  const { risk, disposition } = await alertOf(givenUpdate([foreign]));
  expect({ band: risk.band, disposition }).toEqual({ band: 'high', disposition: 'notify' });
});

test('given a trail that a deployer stops, then it is critical', async () => {
  const record = {
    ...givenUpdate(undefined),
    eventSource: 'cloudtrail.amazonaws.com',
    eventName: 'StopLogging',
    requestParameters: { name: 'main' },
  };
  const { risk, disposition } = await alertOf(record, { ...settings, minimumBandToNotify: 'critical' });
  expect({ band: risk.band, disposition }).toEqual({ band: 'critical', disposition: 'notify' });
});

test('given a change whose severity only the deployer’s points lower, then it is notified all the same', async () => {
  const points = new Map([['unreadable-parameters', 30]]);
  const record = givenUpdate(undefined, { requestParameters: { omitted: true } });
  const { risk, disposition } = await alertOf(record, { ...settings, riskPoints: points });
  expect({ band: risk.band, disposition }).toEqual({ band: 'medium', disposition: 'notify' });
});

test('given a first change that is notified of anybody, then it is notified of a deployer, too', async () => {
  const bench = await PipelineHarness.start({ ...settings, minimumBandToNotify: 'medium' });
  await bench.process(givenUpdate([base], { userIdentity, eventTime: '2026-10-01T21:14:05Z' }));
  const outcome = await bench.process(givenUpdate([base], {}, 'orders'));
  expect(outcome).toMatchObject({ notification: 'sent', finding: { layerwatch: { risk: { band: 'low' } } } });
  await bench.stop();
});

test('given a harmless change by a deployer, then it is still recorded only', async () => {
  const { disposition } = await alertOf(givenUpdate([base]));
  expect(disposition).toBe('record');
});
