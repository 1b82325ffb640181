import { startDatabase } from '../../cli/embedded/database';
import { memoryContract } from '../contract/state-store-contract';

describe('the memory on the embedded DynamoDB', () => memoryContract(() => startDatabase()));
