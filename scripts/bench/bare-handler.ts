import { DynamoDBClient, GetItemCommand, PutItemCommand, UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import { PublishCommand, SNSClient } from '@aws-sdk/client-sns';

const dynamoDb = new DynamoDBClient({});
const sns = new SNSClient({});

/** What the detector's bundle is compared with: the two SDK clients and the same four calls, and nothing else. */
export async function handler(event: { readonly id: string }): Promise<void> {
  const Key = { id: { S: event.id } };
  await dynamoDb.send(new GetItemCommand({ TableName: 'table', Key }));
  await dynamoDb.send(new PutItemCommand({ TableName: 'table', Item: Key }));
  await dynamoDb.send(new UpdateItemCommand({ TableName: 'table', Key }));
  await sns.send(new PublishCommand({ TopicArn: 'topic', Message: event.id }));
}
