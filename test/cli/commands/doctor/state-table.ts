import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { type LoopbackDynamoDb, startDynamoDb } from '../../../harness/dynamodb';

/** The state table of a stack, in a DynamoDB on loopback that the clients of this process use. */
export class StateTable {
  private constructor(private readonly database: LoopbackDynamoDb) {}

  static async start(): Promise<StateTable> {
    const database = await startDynamoDb();
    process.env['AWS_ENDPOINT_URL_DYNAMODB'] = database.endpoint;
    return new StateTable(database);
  }

  get client(): DynamoDBClient {
    return this.database.client;
  }

  get name(): string {
    return this.database.tables.state;
  }

  async stop(): Promise<void> {
    delete process.env['AWS_ENDPOINT_URL_DYNAMODB'];
    await this.database.close();
  }
}
