import { once } from 'node:events';
import { mkdirSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import dynalite from 'dynalite';
import { createTables, type TableNames } from './tables';

export interface EmbeddedDatabase {
  readonly client: DynamoDBClient;
  readonly endpoint: string;
  readonly tables: TableNames;
  readonly close: () => Promise<void>;
}

/**
 * Starts a DynamoDB on the loopback of this machine with both tables, in memory or in a folder. One process may use a folder at a
 * time.
 *
 * @throws where the folder cannot be opened
 */
export async function startDatabase(directory?: string): Promise<EmbeddedDatabase> {
  if (directory !== undefined) mkdirSync(directory, { recursive: true });
  const server = dynalite({ createTableMs: 0, ...(directory === undefined ? {} : { path: directory }) });
  // A busy process may use a connection again after a pause; a server that closes it meanwhile resets the request.
  server.keepAliveTimeout = 600_000;
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  // This client calls its own process, so it does not matter until when AWS supports a Node version.
  process.env['AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED'] ??= 'true';
  const credentials = { accessKeyId: 'embedded', secretAccessKey: 'embedded' };
  const client = new DynamoDBClient({ endpoint, region: 'local', credentials, maxAttempts: 1 });
  const tables = { alerts: 'alerts', state: 'state' };
  await createTables(client, tables);
  const close = async (): Promise<void> => {
    client.destroy();
    await new Promise<void>((resolve) => server.close(() => resolve()));
  };
  return { client, endpoint, tables, close };
}
