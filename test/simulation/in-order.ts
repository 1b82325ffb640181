import type { InOrder, Listing } from './evidence';
import { dynamoDbClient, snsClient } from './machine/clients';
import { InProcessDynamoDb } from './machine/in-process-dynamodb';
import { ModelledSns } from './machine/modelled-sns';
import { createSimulatedTables } from './machine/tables';
import { detectorOf, type SweeperEnvironment, sweeperOf, sweeperTimeoutMilliseconds } from './product';
import { type Published, publishedOf, readState } from './product-state';
import type { Scenario } from './scenario';
import type { FunctionPage } from './world/function-list';
import { recordOf } from './world/records';

/** A record comes some seconds after its call. */
const deliveryMilliseconds = 5_000;

/** Takes the records, and the lists of functions that were seen, one after another in their true order. */
export async function runInOrder(scenario: Scenario, listings: readonly Listing[]): Promise<InOrder> {
  const clock = { milliseconds: 0 };
  let listed: FunctionPage = { functions: [], next: undefined };
  const database = new InProcessDynamoDb();
  const sns = new ModelledSns();
  const client = dynamoDbClient(1, (request) => database.execute(request));
  await createSimulatedTables(client, new Date(scenario.deployedAt));
  let tokens = 0;
  const published: Published[] = [];
  const failures: string[] = [];
  const environment: SweeperEnvironment = {
    clock: { now: () => new Date(clock.milliseconds) },
    newToken: () => `token-${++tokens}`,
    dynamoDb: () => client,
    sns: () =>
      snsClient(1, async (request) =>
        sns.execute(request, (message) => published.push(publishedOf(message))),
      ),
    export: async (documents) => documents.map(() => true),
    pause: async () => {},
    lookUp: async () => ({ records: [], nextToken: undefined }),
    listFunctions: async () => listed,
    isListingDue: () => true,
  };
  const detect = detectorOf(environment, scenario);
  const sweep = sweeperOf(environment, scenario);
  const alertIds = new Map<number, string>();
  for (const step of stepsOf(scenario, listings)) {
    clock.milliseconds = step.time;
    if (step.kind === 'listing') {
      listed = { functions: step.page.functions, next: undefined };
      await sweep(() => sweeperTimeoutMilliseconds);
    } else {
      await detect(recordOf(step.call)).then(
        ({ alertId }) => alertId !== undefined && alertIds.set(step.call.id, alertId),
        (error: unknown) => failures.push(`call ${step.call.id}: ${String(error)}`),
      );
    }
  }
  return { state: await readState(client, environment.clock), alertIds, published, failures };
}

function stepsOf({ calls }: Scenario, listings: readonly Listing[]) {
  const records = calls.map((call) => ({
    kind: 'record' as const,
    time: call.time + deliveryMilliseconds,
    call,
  }));
  const lists = listings.map(({ time, page }) => ({ kind: 'listing' as const, time, page }));
  return [...records, ...lists].sort((a, b) => a.time - b.time);
}
