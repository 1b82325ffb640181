import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { SNSClient } from '@aws-sdk/client-sns';
import type { HttpResponse } from '@smithy/core/protocols';
import type { HttpRequest, Logger } from '@smithy/types';
import { handlerOf } from './http';

type Send = (request: HttpRequest) => Promise<HttpResponse>;

/** Signatures cost as much as the rest of a request, and nobody here checks them. */
const unsigned = { sign: async <Request>(request: Request) => request };

/** A logger without methods: the SDK then writes down nothing of what it would log. */
const silent = {} as Logger;

function configuration(maxAttempts: number, send: Send) {
  // This client speaks to its own process; how long AWS supports a Node version is nothing to it.
  process.env['AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED'] ??= 'true';
  return {
    endpoint: 'http://simulated.invalid',
    region: 'eu-west-3',
    credentials: { accessKeyId: 'simulated', secretAccessKey: 'simulated' },
    maxAttempts,
    requestHandler: handlerOf(send),
    signer: unsigned,
    logger: silent,
  };
}

export function dynamoDbClient(maxAttempts: number, send: Send): DynamoDBClient {
  return new DynamoDBClient(configuration(maxAttempts, send));
}

export function snsClient(maxAttempts: number, send: Send): SNSClient {
  return new SNSClient(configuration(maxAttempts, send));
}

/** `UpdateItem` of `DynamoDB_20120810.UpdateItem`. */
export function operationOf({ headers }: HttpRequest): string {
  return (headers['x-amz-target'] ?? '').split('.')[1] ?? 'unknown';
}
