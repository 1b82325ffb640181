import { alertStoreContract } from '../contract/alert-store-contract';
import { startDynamoDb } from '../harness/dynamodb';
import { storesOn } from '../harness/dynamodb-stores';

describe('the alert store on a loopback DynamoDB', () =>
  alertStoreContract(async () => storesOn(await startDynamoDb())));
