import { setTimeout as sleep } from 'node:timers/promises';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { LambdaClient } from '@aws-sdk/client-lambda';
import { DynamoDbAlertCatalogue } from '../aws/dynamodb-alert-catalogue';
import { DynamoDbAlertStore } from '../aws/dynamodb-alert-store';
import { DynamoDbSelftestProgress } from '../aws/dynamodb-progress';
import { FoldingOverflow } from '../aws/folding-overflow';
import { LogObserver } from '../aws/log-observer';
import { selftestCalls } from '../aws/selftest-calls';
import { metric, selftestLayerPrefix } from '../contract';
import { AlertTriage } from '../pipeline/triage-alert';
import { selftest, selftestLayerText } from '../selftest/selftest';
import { clientOptions } from './client-options';
import { required, systemClock } from './environment';

/** A run ends while there is time to delete the layer and to close the alert. */
const reserveMilliseconds = 60_000;
const pollMilliseconds = 5_000;

/** A call that is tried again may publish a second version of the layer, which nobody deletes. */
const lambdaOptions = {
  maxAttempts: 1,
  requestHandler: { ...clientOptions.requestHandler, requestTimeout: 20_000 },
} as const;

/** Builds the scheduled self-test from its environment. Throws where a name is missing. */
export function composeSelftester(
  environment: NodeJS.ProcessEnv,
): (remainingMilliseconds: () => number) => Promise<void> {
  const observer = new LogObserver(systemClock, (line) => process.stdout.write(`${line}\n`));
  const dynamoDb = new DynamoDBClient(clientOptions);
  const alertTable = required(environment, 'alertTable');
  const stateTable = required(environment, 'stateTable');
  const progress = new DynamoDbSelftestProgress(dynamoDb, stateTable);
  const overflow = new FoldingOverflow(dynamoDb, stateTable);
  const alerts = new DynamoDbAlertStore(dynamoDb, alertTable, overflow, systemClock);
  const calls = selftestCalls({
    lambda: new LambdaClient(lambdaOptions),
    catalogue: new DynamoDbAlertCatalogue(dynamoDb, alertTable),
    alerts,
    triage: new AlertTriage(alerts),
    layer: { namePrefix: selftestLayerPrefix, text: selftestLayerText },
    by: 'layerwatch self-test',
  });
  return async (remainingMilliseconds) => {
    try {
      const pause = async (): Promise<void> => sleep(pollMilliseconds);
      const result = await selftest(
        { ...calls, clock: systemClock, pause, onWaiting: () => {} },
        remainingMilliseconds() - reserveMilliseconds,
      );
      observer.info('self-test', { ...result });
      if (result.outcome !== 'passed') throw new Error(`the self-test failed: ${result.outcome}`);
      observer.count(metric.selftestPassed);
      await progress.write(systemClock.now().toISOString());
    } finally {
      observer.flush();
    }
  };
}
