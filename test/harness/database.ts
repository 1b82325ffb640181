import { type EmbeddedDatabase, startDatabase } from '../../cli/embedded/database';
import { closeAfterwards } from './open-resources';

/** A DynamoDB of its own, in memory, that is stopped when the test is over. */
export async function startTestDatabase(): Promise<EmbeddedDatabase> {
  const database = await startDatabase();
  return { ...database, close: closeAfterwards(database.close) };
}
