import { startDatabase } from '../../cli/embedded/database';
import { alertStoreContract } from '../contract/alert-store-contract';
import { onDatabase } from '../contract/stores';

describe('the alert store on the embedded DynamoDB', () =>
  alertStoreContract(onDatabase(() => startDatabase())));
