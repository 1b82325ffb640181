import { layerIndexContract } from '../contract/layer-index-contract';
import { stateStoreContract } from '../contract/state-store-contract';
import { startDynamoDb } from '../harness/dynamodb';
import { storesOn } from '../harness/dynamodb-stores';

describe('the state store on a loopback DynamoDB', () =>
  stateStoreContract(async () => storesOn(await startDynamoDb())));

describe('the index of layers on a loopback DynamoDB', () =>
  layerIndexContract(async () => storesOn(await startDynamoDb())));
