import { startDatabase } from '../../cli/embedded/database';
import { memoryContract } from '../contract/memory-contract';

describe('the memory on the embedded DynamoDB', () => memoryContract(() => startDatabase()));
