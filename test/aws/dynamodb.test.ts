import { startDatabase } from '../../cli/embedded/database';
import { dynamoDbContract } from '../contract/dynamodb-contract';

describe('what only DynamoDB has, on the embedded one', () => dynamoDbContract(() => startDatabase()));
