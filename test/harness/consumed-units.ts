import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { Units } from '../../scripts/cost/counted-units';

const writeCommands = new Set(['PutItemCommand', 'UpdateItemCommand', 'DeleteItemCommand']);

interface Answer {
  readonly output: { readonly ConsumedCapacity?: Capacity | readonly Capacity[] };
}

interface Capacity {
  readonly CapacityUnits?: number;
}

/** The capacity units that the requests of the work consumed, as DynamoDB reports them, those of the indexes with them. */
export async function consumedUnits(client: DynamoDBClient, work: () => Promise<unknown>): Promise<Units> {
  let [reads, writes] = [0, 0];
  client.middlewareStack.add(
    (next, { commandName = '' }) =>
      async (args) => {
        const answer = await next({ ...args, input: { ...args.input, ReturnConsumedCapacity: 'TOTAL' } });
        // Every request of the stores is one that reports capacity.
        const { output } = answer as unknown as Answer;
        const units = [output.ConsumedCapacity ?? []]
          .flat()
          .reduce((sum, { CapacityUnits = 0 }) => sum + CapacityUnits, 0);
        if (writeCommands.has(commandName)) writes += units;
        else reads += units;
        return answer;
      },
    { step: 'initialize', name: 'consumed-units', override: true },
  );
  await work();
  client.middlewareStack.remove('consumed-units');
  return { reads, writes };
}
