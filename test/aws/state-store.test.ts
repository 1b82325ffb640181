import { memoryContract } from '../contract/state-store-contract';
import { startTestDatabase } from '../harness/database';

describe('the memory on the embedded DynamoDB', () => memoryContract(() => startTestDatabase()));
