import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import dynalite from 'dynalite';
import { createTables, type TableNames } from './dynamodb-tables';
import { closeAfterwards } from './open-resources';

/** A DynamoDB on loopback with both tables. */
export interface LoopbackDynamoDb {
  readonly client: DynamoDBClient;
  readonly endpoint: string;
  readonly tables: TableNames;
  readonly close: () => Promise<void>;
}

/** Starts a DynamoDB of its own, in memory or in a folder, that is stopped when the test is over. */
export async function startDynamoDb(directory?: string): Promise<LoopbackDynamoDb> {
  const server = dynalite({ createTableMs: 0, ...(directory === undefined ? {} : { path: directory }) });
  // A busy process may use a connection again after a pause; a server that closes it meanwhile resets the request.
  server.keepAliveTimeout = 600_000;
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  // This client calls its own process, so it does not matter until when AWS supports a Node version.
  process.env['AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED'] ??= 'true';
  const credentials = { accessKeyId: 'loopback', secretAccessKey: 'loopback' };
  const client = new DynamoDBClient({ endpoint, region: 'local', credentials, maxAttempts: 1 });
  const tables = { alerts: 'alerts', state: 'state' };
  await createTables(client, tables);
  const close = closeAfterwards(async () => {
    client.destroy();
    await new Promise<void>((resolve) => server.close(() => resolve()));
  });
  return { client, endpoint, tables, close };
}
