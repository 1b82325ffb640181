import { triageContract } from '../contract/triage-contract';
import { startTestDatabase } from '../harness/database';

describe('triage and catalogue on the embedded DynamoDB', () => triageContract(() => startTestDatabase()));
