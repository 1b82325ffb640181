import { givenPublish, givenUpdate, layerVersion } from './fixtures/records';
import { Workbench } from './fixtures/workbench';

const foreign = layerVersion('boto-utils', 3, '999988887777');

/** Names of the DynamoDB operations that the work made, in order. */
async function callsOf(bench: Workbench, work: () => Promise<unknown>): Promise<readonly string[]> {
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
  let bench: Workbench;
  beforeEach(async () => {
    bench = await Workbench.start();
  });
  afterEach(() => bench.stop());

  test('given a new alert to be notified, then one read, three writes and one publish', async () => {
    const calls = await callsOf(bench, () => bench.process(givenUpdate([foreign])));
    expect(calls).toEqual(['GetItem', 'PutItem', 'UpdateItem', 'UpdateItem']);
    expect(bench.topic.published).toHaveLength(1);
  });

  test('given a new alert that only records, then one read and one write', async () => {
    expect(await callsOf(bench, () => bench.process(givenUpdate(undefined)))).toEqual(['GetItem', 'PutItem']);
  });

  test('given another record of the alert, then one read and one write', async () => {
    await bench.process(givenUpdate([foreign]));
    expect(await callsOf(bench, () => bench.process(givenUpdate([foreign])))).toEqual([
      'GetItem',
      'UpdateItem',
    ]);
  });

  test('given the same record again, then one read', async () => {
    const record = givenPublish('util', 3);
    await bench.process(record);
    expect(await callsOf(bench, () => bench.process(record))).toEqual(['GetItem']);
  });

  test('given a record that is no match, then none', async () => {
    const denied = givenUpdate([foreign], { errorCode: 'AccessDenied' });
    expect(await callsOf(bench, () => bench.process(denied))).toEqual([]);
  });
});
