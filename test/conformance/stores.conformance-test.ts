import { randomUUID } from 'node:crypto';
import { DeleteTableCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { createTables } from '../../cli/embedded/tables';
import { alertStoreContract, type ConnectedStore } from '../contract/alert-store-contract';
import { memoryContract } from '../contract/state-store-contract';
import { triageContract } from '../contract/triage-contract';
import { startEmulator } from '../harness/emulator';
import { describeWith } from '../harness/tools';
import { startDynamoDbLocal } from './dynamodb-local';

const emulatorCredentials = { accessKeyId: 'conformance', secretAccessKey: 'conformance' };

/** Makes tables of its own names and deletes them afterwards, so that a shared endpoint stays as it was. */
async function connect(client: DynamoDBClient, stop: () => Promise<void>): Promise<ConnectedStore> {
  const suffix = randomUUID().slice(0, 8);
  const tables = {
    alerts: `layerwatch-conformance-alerts-${suffix}`,
    state: `layerwatch-conformance-state-${suffix}`,
  };
  await createTables(client, tables);
  const close = async (): Promise<void> => {
    for (const TableName of Object.values(tables)) await client.send(new DeleteTableCommand({ TableName }));
    client.destroy();
    await stop();
  };
  return { client, tables, close };
}

const clientOf = (endpoint: string): DynamoDBClient =>
  new DynamoDBClient({ endpoint, region: 'eu-west-3', credentials: emulatorCredentials });

const onDynamoDbLocal = async (): Promise<ConnectedStore> => {
  const { endpoint, stop } = await startDynamoDbLocal();
  return connect(clientOf(endpoint), stop);
};

describeWith(['java', 'mvn'], 'the alert store on Amazon DynamoDB Local', () =>
  alertStoreContract(onDynamoDbLocal),
);
describeWith(['java', 'mvn'], 'the memory on Amazon DynamoDB Local', () => memoryContract(onDynamoDbLocal));
describeWith(['java', 'mvn'], 'triage on Amazon DynamoDB Local', () => triageContract(onDynamoDbLocal));

const onMoto = async (): Promise<ConnectedStore> => {
  const { endpoint, stop } = await startEmulator();
  return connect(clientOf(endpoint), stop);
};

describeWith(['moto_server'], 'the alert store on moto', () => alertStoreContract(onMoto));
describeWith(['moto_server'], 'the memory on moto', () => memoryContract(onMoto));
describeWith(['moto_server'], 'triage on moto', () => triageContract(onMoto));

/** Any other DynamoDB, a real account's among them, with the credentials of the environment. */
const otherEndpoint = process.env['LAYERWATCH_DYNAMODB_ENDPOINT'];
if (otherEndpoint !== undefined) {
  const onOther = () => connect(new DynamoDBClient({ endpoint: otherEndpoint }), async () => {});
  describe(`the alert store on ${otherEndpoint}`, () => alertStoreContract(onOther));
  describe(`the memory on ${otherEndpoint}`, () => memoryContract(onOther));
  describe(`triage on ${otherEndpoint}`, () => triageContract(onOther));
}
