import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDbHeartbeats } from '../aws/dynamodb-heartbeats';
import { LogObserver } from '../aws/log-observer';
import { readHeartbeat } from '../detection/heartbeat';
import { processRecord } from '../pipeline/process-record';
import { clientOptions, optionsFrom, portsFrom } from './composition';
import { required, systemClock } from './environment';

/** Builds the detector from its environment and the files beside it. Throws where a name is missing. */
export function composeDetector(
  environment: NodeJS.ProcessEnv,
  directory: string,
): (event: unknown) => Promise<void> {
  const observer = new LogObserver(systemClock, (line) => process.stdout.write(`${line}\n`));
  const options = optionsFrom(environment, directory);
  const ports = portsFrom(environment, directory, options, observer);
  const heartbeats = new DynamoDbHeartbeats(
    new DynamoDBClient(clientOptions),
    required(environment, 'stateTable'),
    systemClock,
  );
  return async (event) => {
    try {
      const heartbeat = readHeartbeat(event);
      if (heartbeat === undefined) await processRecord(event, ports, options);
      else await heartbeats.note(heartbeat);
    } finally {
      observer.flush();
    }
  };
}
