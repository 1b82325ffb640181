import { alertStoreContract } from '../contract/alert-store-contract';
import { startTestDatabase } from '../harness/database';

describe('the alert store on the embedded DynamoDB', () => alertStoreContract(() => startTestDatabase()));
