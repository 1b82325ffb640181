import { startDatabase } from '../../cli/embedded/database';
import { alertStoreContract } from '../contract/alert-store-contract';

describe('the alert store on the embedded DynamoDB', () => alertStoreContract(() => startDatabase()));
