import { givenCreate, givenUpdate, layerVersion } from '../fixtures/records';
import { PipelineHarness } from '../harness/pipeline-harness';

const foreign = layerVersion('boto-utils', 3, '999988887777');

/** Names of the DynamoDB operations that the work made, in order. */
async function callsOf(bench: PipelineHarness, work: () => Promise<unknown>): Promise<readonly string[]> {
  const calls: string[] = [];
  bench.database.client.middlewareStack.add(
    (next, context) => (args) => {
      calls.push(context.commandName ?? '');
      return next(args);
    },
    { step: 'initialize', name: 'count-calls', override: true },
  );
  await work();
  return calls.map((name) => name.replace('Command', ''));
}

describe('AWS calls per record', () => {
  let bench: PipelineHarness;
  beforeEach(async () => {
    bench = await PipelineHarness.start();
  });
  afterEach(() => bench.stop());

  test('given a new alert to be notified, then two reads at once, four writes, the entities that are new, and one publish', async () => {
    const calls = await callsOf(bench, () => bench.process(givenUpdate([foreign])));
    const [history, claim, budget, confirm] = ['PutItem', 'PutItem', 'UpdateItem', 'PutItem'];
    const entities = ['anything', 'actor', 'publisher', 'layer'].map(() => 'PutItem');
    expect(calls).toEqual(['GetItem', 'BatchGetItem', history, claim, ...entities, budget, confirm]);
    expect(bench.topic.published).toHaveLength(1);
  });

  test('given a new alert where all was seen that day, then two reads and four writes', async () => {
    await bench.process(givenUpdate([foreign]));
    await bench.process(givenUpdate([], { eventTime: '2026-10-06T21:20:00Z' }));
    const again = givenUpdate([foreign], { eventTime: '2026-10-06T22:20:00Z' });
    const calls = await callsOf(bench, () => bench.process(again));
    expect(calls).toEqual(['GetItem', 'BatchGetItem', 'PutItem', 'PutItem', 'UpdateItem', 'PutItem']);
    expect(bench.topic.published).toHaveLength(2);
  });

  test('given a change without layers, then two reads and two writes', async () => {
    const calls = await callsOf(bench, () => bench.process(givenUpdate(undefined)));
    expect(calls).toEqual(['GetItem', 'BatchGetItem', 'PutItem', 'PutItem']);
  });

  test('given another record of the alert, then two reads, and one write each for history and alert', async () => {
    await bench.process(givenUpdate([foreign]));
    const second = givenUpdate([foreign], { eventTime: '2026-10-06T21:15:05Z' });
    expect(await callsOf(bench, () => bench.process(second))).toEqual([
      'GetItem',
      'BatchGetItem',
      'PutItem',
      'PutItem',
    ]);
  });

  test('given the same record again, then two reads', async () => {
    const record = givenUpdate([foreign]);
    await bench.process(record);
    expect(await callsOf(bench, () => bench.process(record))).toEqual(['GetItem', 'BatchGetItem']);
  });

  test('given a denied attempt, then one write', async () => {
    const denied = givenUpdate([foreign], { errorCode: 'AccessDenied' });
    expect(await callsOf(bench, () => bench.process(denied))).toEqual(['UpdateItem']);
  });

  test('given a function that is created, then one read and one write', async () => {
    expect(await callsOf(bench, () => bench.process(givenCreate([])))).toEqual(['BatchGetItem', 'PutItem']);
  });

  test.each([
    ['another failure', givenUpdate([foreign], { errorCode: 'ResourceConflictException' })],
    ['another action', givenUpdate([foreign], { eventName: 'UpdateFunctionCode20150331v2' })],
  ])('given %s, then no call', async (_, record) => {
    expect(await callsOf(bench, () => bench.process(record))).toEqual([]);
  });
});
