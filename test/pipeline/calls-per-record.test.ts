import { givenCreate, givenUpdate, layerVersion } from '../fixtures/records';
import { type LoopbackDynamoDb, startDynamoDb } from '../harness/dynamodb';
import { storesOn } from '../harness/dynamodb-stores';
import { PipelineHarness } from '../harness/pipeline-harness';

const foreign = layerVersion('boto-utils', 3, '999988887777');

/** Names of the DynamoDB operations that the work made, in order. */
async function callsTo(
  { client }: LoopbackDynamoDb,
  work: () => Promise<unknown>,
): Promise<readonly string[]> {
  const calls: string[] = [];
  client.middlewareStack.add(
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
  let database: LoopbackDynamoDb;
  let bench: PipelineHarness;
  beforeEach(async () => {
    database = await startDynamoDb();
    bench = await PipelineHarness.start({}, { opened: storesOn(database) });
  });
  afterEach(() => bench.stop());

  test('given a new alert to be notified, then two reads at once, a look at the index, the entities that are new before the alert, five writes, and one publish', async () => {
    const calls = await callsTo(database, () => bench.process(givenUpdate([foreign])));
    const [index, history, claim, budget, confirm] = [...Array(3).fill('PutItem'), 'UpdateItem', 'PutItem'];
    const entities = ['anything', 'actor', 'publisher', 'layer'].map(() => 'PutItem');
    expect(calls).toEqual([
      'GetItem',
      'BatchGetItem',
      index,
      history,
      'Query',
      ...entities,
      claim,
      budget,
      confirm,
    ]);
    expect(bench.topic.published).toHaveLength(1);
  });

  test('given a new alert where all was seen that day, then three reads and five writes', async () => {
    await bench.process(givenUpdate([foreign]));
    await bench.process(givenUpdate([], { eventTime: '2026-10-06T21:20:00Z' }));
    const again = givenUpdate([foreign], { eventTime: '2026-10-06T22:20:00Z' });
    const calls = await callsTo(database, () => bench.process(again));
    const [index, history, claim, budget, confirm] = [...Array(3).fill('PutItem'), 'UpdateItem', 'PutItem'];
    expect(calls).toEqual(['GetItem', 'BatchGetItem', index, history, 'Query', claim, budget, confirm]);
    expect(bench.topic.published).toHaveLength(2);
  });

  test('given a change without layers, then two reads and two writes', async () => {
    const calls = await callsTo(database, () => bench.process(givenUpdate(undefined)));
    expect(calls).toEqual(['GetItem', 'BatchGetItem', 'PutItem', 'PutItem']);
  });

  test('given another record of the alert, then two reads, and one write each for history and alert', async () => {
    await bench.process(givenUpdate([foreign]));
    const second = givenUpdate([foreign], { eventTime: '2026-10-06T21:15:05Z' });
    expect(await callsTo(database, () => bench.process(second))).toEqual([
      'GetItem',
      'BatchGetItem',
      'PutItem',
      'PutItem',
    ]);
  });

  test('given the same record again, then two reads', async () => {
    const record = givenUpdate([foreign]);
    await bench.process(record);
    expect(await callsTo(database, () => bench.process(record))).toEqual(['GetItem', 'BatchGetItem']);
  });

  test('given a denied attempt, then one write', async () => {
    const denied = givenUpdate([foreign], { errorCode: 'AccessDenied' });
    expect(await callsTo(database, () => bench.process(denied))).toEqual(['UpdateItem']);
  });

  test('given a function that is created, then one read and one write', async () => {
    expect(await callsTo(database, () => bench.process(givenCreate([])))).toEqual([
      'BatchGetItem',
      'PutItem',
    ]);
  });

  test.each([
    ['another failure', givenUpdate([foreign], { errorCode: 'ResourceConflictException' })],
    ['another action', givenUpdate([foreign], { eventName: 'UpdateFunctionCode20150331v2' })],
  ])('given %s, then no call', async (_, record) => {
    expect(await callsTo(database, () => bench.process(record))).toEqual([]);
  });
});
