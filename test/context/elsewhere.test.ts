import { emailOf } from '../../lambda/notification/email';
import { functionArn, givenPublish, givenUpdate, layerVersion } from '../fixtures/records';
import { PipelineHarness } from '../harness/pipeline-harness';

const foreign = layerVersion('boto-utils', 3, '999988887777');
const layer = foreign.slice(0, -2);

describe('other functions that have the layer', () => {
  let bench: PipelineHarness;
  beforeEach(async () => {
    bench = await PipelineHarness.start();
  });
  afterEach(() => bench.stop());

  const documentOf = async (record: unknown) => {
    const outcome = await bench.process(record);
    if (outcome.kind !== 'alert') throw new Error(outcome.kind);
    return outcome.alert.judgedDocument;
  };
  const elsewhereOf = async (record: unknown) => (await documentOf(record)).layerwatch.context.elsewhere;

  test('given two others, then both are counted', async () => {
    for (const name of ['orders', 'invoices']) await bench.process(givenUpdate([foreign], {}, name));
    expect(await elsewhereOf(givenUpdate([foreign]))).toEqual([{ layer, functions: 2, more: false }]);
  });

  test('given another version of it on another, then that is counted', async () => {
    await bench.process(givenUpdate([`${layer}:2`], {}, 'orders'));
    expect(await elsewhereOf(givenUpdate([foreign]))).toEqual([{ layer, functions: 1, more: false }]);
  });

  test('given none, then that is said', async () => {
    expect(await elsewhereOf(givenUpdate([foreign]))).toEqual([{ layer, functions: 0, more: false }]);
  });

  test('given another that lost it, then it is not counted', async () => {
    await bench.process(givenUpdate([foreign], {}, 'orders'));
    await bench.process(givenUpdate([], { eventTime: '2026-10-06T21:16:00Z' }, 'orders'));
    expect(await elsewhereOf(givenUpdate([foreign], { eventTime: '2026-10-06T21:17:00Z' }))).toEqual([
      { layer, functions: 0, more: false },
    ]);
  });

  test('given a layer that the call kept, then it is not counted', async () => {
    await bench.process(givenUpdate([foreign]));
    const base = layerVersion('base', 4);
    const record = givenUpdate([foreign, base], { eventTime: '2026-10-06T21:16:00Z' });
    expect((await elsewhereOf(record))?.map(({ layer: arn }) => arn)).toEqual([base.slice(0, -2)]);
  });

  test('given 105 others, then more than 100 are counted', async () => {
    const list = [...Array(105).keys()].map((index) => functionArn(`function-${index}`));
    for (const arn of list)
      await bench.stores.state.setHistory(
        arn,
        { entries: [], before: undefined, version: 0 },
        {
          entries: [
            { time: '2026-10-06T20:00:00.000Z', recordId: 'listing', source: 'listing', layers: [foreign] },
          ],
          before: undefined,
          version: 1,
        },
      );
    expect(await elsewhereOf(givenUpdate([foreign]))).toEqual([{ layer, functions: 100, more: true }]);
  });

  test('given another version that is published, then the functions of the layer are counted', async () => {
    await bench.process(givenUpdate([layerVersion('base', 4)], {}, 'orders'));
    expect(await elsewhereOf(givenPublish('base', 5))).toEqual([
      { layer: layerVersion('base', 4).slice(0, -2), functions: 1, more: false },
    ]);
  });

  test('given others, then the message names their number and the command that lists them', async () => {
    await bench.process(givenUpdate([foreign], {}, 'orders'));
    expect(emailOf(await documentOf(givenUpdate([foreign])), {})).toContain(
      `boto-utils is on 1 other function: npx layerwatch where ${layer}`,
    );
  });

  test('given no other, then the message is silent about it', async () => {
    expect(emailOf(await documentOf(givenUpdate([foreign])), {})).not.toContain('layerwatch where');
  });
});
