import { dynamoDbContract } from '../contract/dynamodb-contract';
import { sweepContract } from '../contract/sweep-contract';
import { startDynamoDb } from '../harness/dynamodb';
import { storesOn } from '../harness/dynamodb-stores';

describe('what only DynamoDB has, on loopback', () => dynamoDbContract(() => startDynamoDb()));

describe('the stores of the sweep on a loopback DynamoDB', () =>
  sweepContract(async () => storesOn(await startDynamoDb())));
