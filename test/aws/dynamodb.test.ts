import { dynamoDbContract } from '../contract/dynamodb-contract';
import { startTestDatabase } from '../harness/database';

describe('what only DynamoDB has, on the embedded one', () => dynamoDbContract(() => startTestDatabase()));
