import { startDatabase } from '../../cli/embedded/database';
import { triageContract } from '../contract/triage-contract';

describe('triage and catalogue on the embedded DynamoDB', () => triageContract(() => startDatabase()));
