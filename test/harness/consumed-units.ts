import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { Units } from '../../scripts/cost/counted-units';

const writeCommands = new Set(['PutItemCommand', 'UpdateItemCommand', 'DeleteItemCommand']);

/** What one request consumed, as DynamoDB reports it. */
export interface Capacity {
  readonly isWrite: boolean;
  /** Table and indexes together. */
  readonly units: number;
  readonly tableUnits: number;
  readonly indexUnits: ReadonlyMap<string, number>;
}

interface Answer {
  readonly output: { readonly ConsumedCapacity?: ReportedCapacity | readonly ReportedCapacity[] };
}

interface ReportedCapacity {
  readonly CapacityUnits?: number;
  readonly Table?: { readonly CapacityUnits?: number };
  readonly GlobalSecondaryIndexes?: Readonly<Record<string, { readonly CapacityUnits?: number }>>;
}

/** The capacity units that the requests of the work consumed, those of the indexes with them. */
export async function consumedUnits(client: DynamoDBClient, work: () => Promise<unknown>): Promise<Units> {
  const capacities = await consumedCapacities(client, work);
  const sumOf = (writes: boolean) =>
    capacities.filter(({ isWrite }) => isWrite === writes).reduce((sum, { units }) => sum + units, 0);
  return { reads: sumOf(false), writes: sumOf(true) };
}

/** What each request of the work consumed, in the order of their answers. */
export async function consumedCapacities(
  client: DynamoDBClient,
  work: () => Promise<unknown>,
): Promise<readonly Capacity[]> {
  const capacities: Capacity[] = [];
  client.middlewareStack.add(
    (next, { commandName = '' }) =>
      async (args) => {
        const answer = await next({ ...args, input: { ...args.input, ReturnConsumedCapacity: 'INDEXES' } });
        // Every request of the stores is one that reports capacity.
        const { output } = answer as unknown as Answer;
        const isWrite = writeCommands.has(commandName);
        capacities.push(...[output.ConsumedCapacity ?? []].flat().map((each) => capacityOf(each, isWrite)));
        return answer;
      },
    { step: 'initialize', name: 'consumed-units', override: true },
  );
  await work();
  client.middlewareStack.remove('consumed-units');
  return capacities;
}

function capacityOf(
  { CapacityUnits = 0, Table, GlobalSecondaryIndexes = {} }: ReportedCapacity,
  isWrite: boolean,
): Capacity {
  const indexes = Object.entries(GlobalSecondaryIndexes);
  return {
    isWrite,
    units: CapacityUnits,
    tableUnits: Table?.CapacityUnits ?? 0,
    indexUnits: new Map(indexes.map(([name, { CapacityUnits: units = 0 }]) => [name, units])),
  };
}
