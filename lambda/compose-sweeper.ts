import { setTimeout as sleep } from 'node:timers/promises';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { LambdaClient } from '@aws-sdk/client-lambda';
import { DynamoDbMemory } from './aws/dynamodb-memory';
import { DynamoDbSeedProgress } from './aws/dynamodb-seed-progress';
import { LambdaFunctionLister } from './aws/lambda-function-lister';
import { LogObserver } from './aws/log-observer';
import { environmentVariable, metric } from './contract';
import type { Clock, FunctionLister } from './ports';
import { seedBaselines } from './seed-baselines';

const clientOptions = {
  maxAttempts: 5,
  requestHandler: { connectionTimeout: 1_000, requestTimeout: 10_000 },
};

/** Once a day, as the design of the rule's baseline has it. */
const everyMilliseconds = 24 * 60 * 60_000;

/** One page takes about a second; a run ends while there is time to note how far it came. */
const reserveMilliseconds = 30_000;

/** Lambda's control plane takes 15 requests a second in an account and region (Lambda quotas), shared with everybody. */
const pauseMilliseconds = 250;

/** The sweeper writes baselines only, which have no time to live of their own. */
const unusedMarkDays = 1;

const systemClock: Clock = { now: () => new Date() };

/** Builds the sweeper from its environment. Throws where a name is missing. */
export function composeSweeper(
  environment: NodeJS.ProcessEnv,
): (remainingMilliseconds: () => number) => Promise<void> {
  const observer = new LogObserver(systemClock, (line) => process.stdout.write(`${line}\n`));
  const table = environment[environmentVariable.stateTable];
  if (!table) throw new Error(`environment variable ${environmentVariable.stateTable} is not set`);
  const dynamoDb = new DynamoDBClient(clientOptions);
  const ports = {
    functions: atEase(new LambdaFunctionLister(new LambdaClient(clientOptions))),
    memory: new DynamoDbMemory(dynamoDb, table, unusedMarkDays, systemClock),
    progress: new DynamoDbSeedProgress(dynamoDb, table),
    clock: systemClock,
    observer,
  };
  return async (remainingMilliseconds) => {
    try {
      const mayGoOn = () => remainingMilliseconds() > reserveMilliseconds;
      const done = await seedBaselines(ports, { everyMilliseconds, mayGoOn });
      if (done.outcome !== 'not-due') observer.info('baselines compared with all functions', { ...done });
      if (done.seeded > 0) observer.count(metric.baselinesSeeded, done.seeded);
    } finally {
      observer.flush();
    }
  };
}

function atEase(lister: FunctionLister): FunctionLister {
  return {
    async page(marker) {
      if (marker !== undefined) await sleep(pauseMilliseconds);
      return lister.page(marker);
    },
  };
}
