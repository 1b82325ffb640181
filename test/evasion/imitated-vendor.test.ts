import { givenUpdate, layerVersion } from '../fixtures/records';
import { PipelineHarness } from '../harness/pipeline-harness';

/**
 * A layer may be called like a vendor's, in the own account or in a foreign one, or be of a vendor's account and none of its
 * layers, or of another partition. It fails: account, beginning of the name and partition have to fit together.
 */
test.each([
  ['of the own account, called like a vendor’s', layerVersion('Datadog-Extension', 91), 'own-account'],
  [
    'of a foreign account, called like a vendor’s',
    layerVersion('Datadog-Extension', 91, '999988887777'),
    'unknown-account',
  ],
  ['of a vendor’s account, called otherwise', layerVersion('exfil', 1, '464622532012'), 'unknown-account'],
  [
    'of a vendor’s account in another partition',
    'arn:aws-cn:lambda:cn-north-1:464622532012:layer:Datadog-Extension:91',
    'unknown-account',
  ],
  [
    'of a vendor’s account with a look-alike name',
    layerVersion('Dаtadog-Extension', 91, '464622532012'),
    'unknown-account',
  ],
])('given a layer %s, then it is %s', async (_, layer, provenance) => {
  const bench = await PipelineHarness.start();
  const outcome = await bench.process(givenUpdate([layer]));
  expect(outcome).toMatchObject({
    notification: 'sent',
    finding: { layerwatch: { change: { layers: [{ provenance }] } } },
  });
  await bench.stop();
});
