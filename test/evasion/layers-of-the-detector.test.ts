import { answering, givenUpdate, layerVersion } from '../fixtures/records';
import { PipelineHarness } from '../harness/pipeline-harness';

/**
 * An attacker cripples the detector itself and sends a list of layers along, so that the call looks like a harmless change of
 * layers. It fails: any call on a function of Layerwatch's own is tampering, whatever it does to the layers.
 */
const detector = 'Layerwatch-DetectorFunction1234-abc';
const crippling = {
  requestParameters: { functionName: detector, role: 'arn:aws:iam::1:role/none', timeout: 1 },
};
const withLayers = (layers: readonly string[]) => ({
  requestParameters: { ...crippling.requestParameters, layers },
});

test.each([
  ['an empty list', withLayers([])],
  ['a list of its own', withLayers([layerVersion('base', 4)])],
  ['a foreign layer', withLayers([layerVersion('x', 1, '999988887777')])],
  ['no list', crippling],
])(
  'given a call on the detector with %s, then it is notified as tampering and critical',
  async (_, fields) => {
    const bench = await PipelineHarness.start();
    await bench.process(givenUpdate([], fields, detector));
    expect(
      bench.topic.published.map(({ document: { layerwatch } }) => [
        layerwatch.change.kind,
        layerwatch.risk.band,
      ]),
    ).toEqual([['tampering', 'critical']]);
    await bench.stop();
  },
);

const base = layerVersion('base', 4);

test.each([
  ['an empty list', withLayers([]), []],
  ['a list of its own', withLayers([base]), [base]],
  ['no list, and a response that shows one', { ...crippling, ...answering([base], detector) }, [base]],
  ['no list and no response', { ...crippling, responseElements: null }, null],
])(
  'given a call on the detector with %s, then the list after it is what is known',
  async (_, fields, after) => {
    const bench = await PipelineHarness.start();
    const record = givenUpdate(undefined, { ...answering([], detector), ...fields }, detector);
    expect(await bench.process(record)).toMatchObject({
      finding: { layerwatch: { change: { kind: 'tampering', before: null, after } } },
    });
    await bench.stop();
  },
);

test('given a call on something without layers, then no list after it is claimed', async () => {
  const bench = await PipelineHarness.start();
  const record = givenUpdate(undefined, {
    eventSource: 'cloudtrail.amazonaws.com',
    eventName: 'StopLogging',
    requestParameters: { name: 'main' },
    responseElements: null,
  });
  expect(await bench.process(record)).toMatchObject({ finding: { layerwatch: { change: { after: null } } } });
  await bench.stop();
});
