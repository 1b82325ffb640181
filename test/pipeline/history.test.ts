import type { FindingDocument } from '../../lambda/detection/finding-document';
import { answering, givenCreate, givenDelete, givenUpdate, layerVersion } from '../fixtures/records';
import { PipelineHarness } from '../harness/pipeline-harness';

const [base, util, next] = [layerVersion('base', 4), layerVersion('util', 2), layerVersion('base', 5)];
const foreignLayer = layerVersion('boto-utils', 3, '999988887777');

const start = Date.parse('2026-10-06T00:00:00Z');
const minute = (number: number) => ({ eventTime: new Date(start + number * 60_000).toISOString() });

/** Each hour is a folding window of its own, so that an alert shows its one record. */
const hour = (number: number) => minute(60 * number);

describe('the change against the layers before', () => {
  let bench: PipelineHarness;
  beforeEach(async () => {
    bench = await PipelineHarness.start();
  });
  afterEach(() => bench.stop());

  async function changeOf(record: unknown): Promise<FindingDocument['layerwatch']['change']> {
    const outcome = await bench.process(record);
    if (outcome.kind !== 'alert') throw new Error(outcome.kind);
    return outcome.alert.judgedDocument.layerwatch.change;
  }

  test.each([
    ['one more layer', [base, foreignLayer], 'added', ['kept', 'added']],
    ['another version', [next, util], 'version-changed', ['version-changed', 'kept']],
    ['one for another', [base, foreignLayer], 'added', ['kept', 'added']],
    ['the same list', [base, util], 'unchanged', ['kept', 'kept']],
    ['another order', [util, base], 'reordered', ['kept', 'kept']],
    ['one fewer', [base], 'removed', ['kept', 'removed']],
    ['none', [], 'removed', ['removed', 'removed']],
  ] as const)('given %s, then the change is said layer by layer', async (_, after, kind, layers) => {
    await bench.process(givenUpdate([base, util], hour(0)));
    const change = await changeOf(givenUpdate(after, hour(5)));
    expect(change).toMatchObject({ kind, before: [base, util], after });
    expect(change.layers.slice(0, layers.length).map(({ change }) => change)).toEqual(layers);
  });

  test('given a change of memory first, then its response is what was before the next call', async () => {
    await bench.process(givenUpdate(undefined, { ...hour(0), ...answering([base]) }));
    expect(await changeOf(givenUpdate([base, util], hour(5)))).toMatchObject({
      kind: 'added',
      before: [base],
    });
  });

  test('given a record that is late, then it is compared with what was before it', async () => {
    await bench.process(givenUpdate([base], hour(1)));
    await bench.process(givenUpdate([base, util], hour(5)));
    expect(await changeOf(givenUpdate([base, foreignLayer], hour(4)))).toMatchObject({
      kind: 'added',
      before: [base],
    });
  });

  test('given a first record that is late, then what was before it is unknown', async () => {
    await bench.process(givenUpdate([base], hour(5)));
    expect((await changeOf(givenUpdate([base, util], hour(4)))).kind).toBe('before-unknown');
  });

  test('given two lists of one second, then what follows is judged by both, the stronger way', async () => {
    await bench.process(givenUpdate([base], hour(5)));
    await bench.process(givenUpdate([base, foreignLayer], hour(5)));
    expect(await changeOf(givenUpdate([base, foreignLayer], hour(6)))).toMatchObject({
      kind: 'added',
      before: [base],
    });
  });

  test('given a call without layers whose response shows others than were known, then an unseen change is notified', async () => {
    await bench.process(givenUpdate([base], hour(0)));
    const notifiedBefore = bench.topic.published.length;
    const record = givenUpdate(undefined, { ...hour(1), ...answering([base, foreignLayer]) });
    expect(await changeOf(record)).toMatchObject({ kind: 'unseen-change', after: [base, foreignLayer] });
    expect(bench.topic.published).toHaveLength(notifiedBefore + 1);
  });

  test('given a function of one name written in four ways, then it has one history', async () => {
    const arn = 'arn:aws:lambda:eu-west-3:123456789012:function:payments';
    const forms = ['payments', arn, '123456789012:function:payments', `${arn}:$LATEST`];
    await bench.process(givenUpdate([base], hour(0)));
    for (const [index, functionName] of forms.entries()) {
      const fields = { requestParameters: { functionName, layers: [base] }, responseElements: null };
      expect((await changeOf(givenUpdate([base], { ...hour(index + 1), ...fields }))).kind).toBe('unchanged');
    }
  });

  test('given functions of one name in two regions, then each has its own', async () => {
    await bench.process(givenUpdate([base], hour(0)));
    const elsewhere = { awsRegion: 'us-east-1', responseElements: null };
    expect((await changeOf(givenUpdate([base], { ...hour(5), ...elsewhere }))).kind).toBe('before-unknown');
  });

  describe('a function that is created or deleted', () => {
    test('given one created with layers, then they were before the next call', async () => {
      await bench.process(givenCreate([base], hour(0)));
      expect(await changeOf(givenUpdate([base, foreignLayer], hour(1)))).toMatchObject({
        kind: 'added',
        before: [base],
      });
    });

    test('given one created without layers, then nothing was before', async () => {
      await bench.process(givenCreate(undefined, hour(0)));
      expect(await changeOf(givenUpdate([base], hour(1)))).toMatchObject({ kind: 'added', before: [] });
    });

    test('given one deleted and created anew without layers, then putting its old layers on is an attach', async () => {
      await bench.process(givenUpdate([base, foreignLayer], hour(0)));
      await bench.process(givenDelete(minute(1)));
      await bench.process(givenCreate(undefined, hour(2)));
      expect(await changeOf(givenUpdate([base, foreignLayer], hour(3)))).toMatchObject({
        kind: 'added',
        before: [],
      });
    });

    test('given one deleted and created anew with a layer, then a call that sends it is compared with the old one', async () => {
      await bench.process(givenUpdate([base], hour(0)));
      await bench.process(givenDelete(minute(1)));
      await bench.process(givenCreate([base, foreignLayer], hour(2)));
      expect(await changeOf(givenUpdate([base, foreignLayer], hour(3)))).toMatchObject({
        kind: 'added',
        before: [base],
      });
    });

    test('given one deleted whose creation was never seen, then what was before is unknown', async () => {
      await bench.process(givenUpdate([base], hour(0)));
      await bench.process(givenDelete(minute(1)));
      expect((await changeOf(givenUpdate([base], hour(3)))).kind).toBe('before-unknown');
    });

    test.each([
      ['a qualifier beside the name', { requestParameters: { functionName: 'payments', qualifier: '7' } }],
      ['a qualified name', { requestParameters: { functionName: 'payments:7' } }],
      ['a failure', { errorCode: 'ResourceConflictException' }],
      ['another action of the same beginning', { eventName: 'DeleteFunctionConcurrency20171031' }],
    ])('given a deletion with %s, then the history continues', async (_, fields) => {
      await bench.process(givenUpdate([base], hour(0)));
      await bench.process(givenDelete({ ...hour(1), ...fields }));
      expect((await changeOf(givenUpdate([base], hour(3)))).kind).toBe('unchanged');
    });

    test('given a creation that is late, then what came after it stays what it was', async () => {
      await bench.process(givenUpdate([base], hour(3)));
      await bench.process(givenCreate(undefined, hour(0)));
      expect((await changeOf(givenUpdate([base], hour(4)))).kind).toBe('unchanged');
    });
  });

  test('given 20 changes of one function at once, then each is notified', async () => {
    const records = Array.from({ length: 20 }, (_, index) =>
      givenUpdate([layerVersion('base', index + 1)], hour(index + 1)),
    );
    await Promise.all(records.map((record) => bench.processWithRetries(record)));
    expect(await changeOf(givenUpdate([layerVersion('base', 20)], hour(30)))).toMatchObject({
      kind: 'unchanged',
    });
    expect(bench.topic.published).toHaveLength(20);
  });

  test('given a removal that another worker stores between our read and our write, then putting the layer back is no repeat', async () => {
    await bench.process(givenUpdate([base, foreignLayer], hour(0)));
    const removal = givenUpdate([base], hour(1));
    let intruded = false;
    const intruding = new Proxy(bench.ports.state, {
      get: (target, name) => {
        const method = Reflect.get(target, name) as (...given: unknown[]) => Promise<unknown>;
        if (name !== 'recall') return method.bind(target);
        return async (...given: unknown[]) => {
          const answer = await method.apply(target, given);
          if (!intruded) {
            intruded = true;
            await bench.process(removal);
          }
          return answer;
        };
      },
    });
    const before = bench.topic.published.length;
    await bench.processWith({ state: intruding }, givenUpdate([base, foreignLayer], hour(2)));
    expect(
      bench.topic.published.slice(before).map(({ document }) => document.layerwatch.change.kind),
    ).toEqual(['added']);
  });
});
