import { triageContract } from '../contract/triage-contract';
import { startDynamoDb } from '../harness/dynamodb';
import { storesOn } from '../harness/dynamodb-stores';

describe('triage on a loopback DynamoDB', () => triageContract(async () => storesOn(await startDynamoDb())));
