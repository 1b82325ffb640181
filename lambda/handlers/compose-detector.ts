import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDbHeartbeats } from '../aws/dynamodb-heartbeats';
import { LogObserver } from '../aws/log-observer';
import { environmentVariable } from '../contract';
import { type Heartbeat, readHeartbeat } from '../detection/heartbeat';
import { type OwnProduct, readWorkflowEvent } from '../detection/workflow-decision';
import { productArnOf } from '../notification/asff';
import { processRecord } from '../pipeline/process-record';
import { handleWorkflowEvent } from '../pipeline/take-workflow-decision';
import { clientOptions } from './client-options';
import { optionsFrom, portsFrom } from './composition';
import { required, systemClock } from './environment';

/** Builds the detector from its environment and the files beside it. Throws where a name is missing. */
export function composeDetector(
  environment: NodeJS.ProcessEnv,
  directory: string,
): (event: unknown) => Promise<void> {
  const observer = new LogObserver(systemClock, (line) => process.stdout.write(`${line}\n`));
  const options = optionsFrom(environment, directory);
  const ports = portsFrom(environment, directory, options, observer);
  const stateTable = required(environment, 'stateTable');
  let heartbeats: DynamoDbHeartbeats | undefined;
  // Made where one comes: a client of its own takes a tenth of the start of the function.
  const note = (heartbeat: Heartbeat): Promise<void> => {
    heartbeats ??= new DynamoDbHeartbeats(new DynamoDBClient(clientOptions), stateTable, systemClock);
    return heartbeats.note(heartbeat);
  };
  const workflow = ownProduct(environment);
  const handle = async (event: unknown): Promise<void> => {
    const heartbeat = readHeartbeat(event);
    if (heartbeat !== undefined) return note(heartbeat);
    const decided = workflow && readWorkflowEvent(event, workflow);
    if (decided !== undefined) return handleWorkflowEvent(decided, ports);
    await processRecord(event, ports, options);
  };
  return async (event) => {
    try {
      await handle(event);
    } finally {
      observer.flush();
    }
  };
}

/** `undefined` where findings do not go to Security Hub. */
function ownProduct(environment: NodeJS.ProcessEnv): OwnProduct | undefined {
  if (environment[environmentVariable.securityHub] === undefined) return undefined;
  const [, partition = '', , region = '', account = ''] = required(environment, 'alertTopic').split(':');
  return { productArn: productArnOf({ partition, region, account }), account, region };
}
