import { stateStoreContract } from '../contract/state-store-contract';
import { onDatabase } from '../contract/stores';
import { startTestDatabase } from '../harness/database';

describe('the state store on the embedded DynamoDB', () =>
  stateStoreContract(onDatabase(() => startTestDatabase())));
