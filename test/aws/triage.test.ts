import { onDatabase } from '../contract/stores';
import { triageContract } from '../contract/triage-contract';
import { startTestDatabase } from '../harness/database';

describe('triage on the embedded DynamoDB', () => triageContract(onDatabase(() => startTestDatabase())));
