import { findLayerUsers, refuseOtherThanLayer } from '../../../../cli/aws/layer-users';
import { layerUserTable } from '../../../../cli/output/layer-user-table';
import { functionArn, givenUpdate, layerVersion } from '../../../fixtures/records';
import { PipelineHarness } from '../../../harness/pipeline-harness';

const foreign = layerVersion('boto-utils', 3, '999988887777');
const layer = foreign.slice(0, -2);

describe('the functions that have a layer', () => {
  let bench: PipelineHarness;
  beforeEach(async () => {
    bench = await PipelineHarness.start();
    await bench.process(givenUpdate([`${layer}:2`], { eventTime: '2026-10-06T20:00:00Z' }, 'orders'));
    await bench.process(givenUpdate([foreign], { eventTime: '2026-10-06T21:00:00Z' }, 'payments'));
  });
  afterEach(() => bench.stop());

  const names = async (wanted: string) =>
    (await findLayerUsers(bench.stores.state, wanted)).map(({ name }) => name);

  test('given a layer, then those of any version are found, the latest first', async () => {
    expect(await names(layer)).toEqual(['payments', 'orders']);
  });

  test('given a version, then those of this version are found', async () => {
    expect(await names(foreign)).toEqual(['payments']);
  });

  test('given a function of the index whose history has the layer no more, then it is left out', async () => {
    const state = {
      functionsWith: async () => [functionArn('payments'), functionArn('stale')],
      histories: bench.stores.state.histories.bind(bench.stores.state),
    };
    expect((await findLayerUsers(state, layer)).map(({ name }) => name)).toEqual(['payments']);
  });

  test('given 250 functions, then all are found', async () => {
    for (let index = 0; index < 250; index++)
      await bench.process(givenUpdate([foreign], { eventTime: '2026-10-06T20:00:00Z' }, `function-${index}`));
    expect(await names(foreign)).toHaveLength(251);
  });

  test('given the table, then each line has account, region, time and role', async () => {
    expect(layerUserTable(await findLayerUsers(bench.stores.state, foreign), undefined)).toEqual([
      'FUNCTION  ACCOUNT       REGION     LAYER         SINCE (UTC)       WHO',
      'payments  123456789012  eu-west-3  boto-utils:3  2026-10-06 21:00  role/ci-deploy',
    ]);
  });
});

test.each([layer, foreign, 'arn:aws-cn:lambda:cn-north-1:999988887777:layer:x'])(
  'given %s, then it is taken for a layer',
  (text) => expect(() => refuseOtherThanLayer(text)).not.toThrow(),
);

test.each([
  '',
  'boto-utils',
  functionArn('payments'),
  `${layer}:`,
  `${layer}:x`,
  `${layer}\n`,
  'x'.repeat(100_000),
])('given a text that is no ARN of a layer, then it is refused with what is allowed', (text) =>
  expect(() => refuseOtherThanLayer(text)).toThrow(
    /^".{0,210} is no ARN of a layer; allowed: arn:aws:lambda:/,
  ),
);
