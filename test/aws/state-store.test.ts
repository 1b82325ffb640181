import { startDatabase } from '../../cli/embedded/database';
import { stateStoreContract } from '../contract/state-store-contract';
import { onDatabase } from '../contract/stores';

describe('the state store on the embedded DynamoDB', () =>
  stateStoreContract(onDatabase(() => startDatabase())));
