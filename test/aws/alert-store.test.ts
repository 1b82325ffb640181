import { alertStoreContract } from '../contract/alert-store-contract';
import { onDatabase } from '../contract/stores';
import { startTestDatabase } from '../harness/database';

describe('the alert store on the embedded DynamoDB', () =>
  alertStoreContract(onDatabase(() => startTestDatabase())));
