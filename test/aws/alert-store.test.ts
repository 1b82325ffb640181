import { alertStoreContract } from '../contract/alert-store-contract';
import { alertWith } from '../fixtures/alert';
import { startDynamoDb } from '../harness/dynamodb';
import { storesOn } from '../harness/dynamodb-stores';
import { recordedInputs } from '../harness/recorded-inputs';

describe('the alert store on a loopback DynamoDB', () =>
  alertStoreContract(async () => storesOn(await startDynamoDb())));

describe('reads of alerts in DynamoDB', () => {
  test('given an alert, then it is read consistently', async () => {
    const database = await startDynamoDb();
    const { alerts } = storesOn(database).stores({ now: () => new Date() });
    const inputs = recordedInputs(database.client);
    await alerts.read('a'.repeat(64));
    expect(inputs).toMatchObject([{ ConsistentRead: true }]);
  });

  test('given an index that answers page by page, then every page is read', async () => {
    const database = await startDynamoDb();
    const { alerts, undelivered } = storesOn(database).stores({
      now: () => new Date('2026-10-06T21:15:00Z'),
    });
    for (const letter of 'abc') await alerts.write(alertWith({ alertId: letter.repeat(64) }), undefined);
    database.client.middlewareStack.add(
      (next) => (request) => next({ ...request, input: { ...request.input, Limit: 1 } }),
      { step: 'initialize' },
    );
    const listed: string[] = [];
    for await (const { alertId } of undelivered.list('pending')) listed.push(alertId.slice(0, 1));
    expect(listed.sort()).toEqual(['a', 'b', 'c']);
  });
});
