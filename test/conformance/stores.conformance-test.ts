import { randomUUID } from 'node:crypto';
import { DeleteTableCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { alertStoreContract } from '../contract/alert-store-contract';
import { dynamoDbContract } from '../contract/dynamodb-contract';
import { layerIndexContract } from '../contract/layer-index-contract';
import { stateStoreContract } from '../contract/state-store-contract';
import { sweepContract } from '../contract/sweep-contract';
import { triageContract } from '../contract/triage-contract';
import { type ConnectedDatabase, storesOn } from '../harness/dynamodb-stores';
import { createTables } from '../harness/dynamodb-tables';
import { describeWith } from '../harness/tools';
import { startDynamoDbLocal } from './dynamodb-local';

const emulatorCredentials = { accessKeyId: 'conformance', secretAccessKey: 'conformance' };

/** Makes tables of its own names and deletes them afterwards, so that a shared endpoint stays as it was. */
async function connect(client: DynamoDBClient, stop: () => Promise<void>): Promise<ConnectedDatabase> {
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

const onDynamoDbLocal = async (): Promise<ConnectedDatabase> => {
  const { endpoint, stop } = await startDynamoDbLocal();
  return connect(clientOf(endpoint), stop);
};

describeWith(['java', 'mvn'], 'Amazon DynamoDB Local', () => contracts(onDynamoDbLocal));

/** Any other DynamoDB, a real account's among them, with the credentials of the environment. */
const otherEndpoint = process.env['LAYERWATCH_DYNAMODB_ENDPOINT'];
if (otherEndpoint !== undefined) {
  const onOther = () => connect(new DynamoDBClient({ endpoint: otherEndpoint }), async () => {});
  describe(otherEndpoint, () => contracts(onOther));
}

/** What the stores ask of every DynamoDB. */
function contracts(connect: () => Promise<ConnectedDatabase>): void {
  const open = async () => storesOn(await connect());
  describe('the alert store', () => alertStoreContract(open));
  describe('the state store', () => stateStoreContract(open));
  describe('the index of layers', () => layerIndexContract(open));
  describe('triage', () => triageContract(open));
  describe('the stores of the sweep', () => sweepContract(open));
  describe('what only DynamoDB has', () => dynamoDbContract(connect));
}
