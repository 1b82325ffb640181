import { startDatabase } from '../../cli/embedded/database';
import { onDatabase } from '../contract/stores';
import { triageContract } from '../contract/triage-contract';

describe('triage on the embedded DynamoDB', () => triageContract(onDatabase(() => startDatabase())));
