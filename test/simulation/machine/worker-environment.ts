import type { HttpResponse } from '@smithy/core/protocols';
import type { HttpRequest } from '@smithy/types';
import type { FindingDocument } from '../../../lambda/detection/finding-document';
import type { ClientOptions, Environment, ExportAnswer } from '../product';
import type { Random } from '../random';
import { dynamoDbClient, operationOf, snsClient } from './clients';
import type { Container } from './container';
import { jsonResponse, textOf } from './http';
import type { InProcessDynamoDb } from './in-process-dynamodb';
import { type ModelledSns, messageOf, type SnsMessage, snsError } from './modelled-sns';
import type { Network } from './network';
import type { VirtualTime } from './virtual-time';

/** What workers share, and what is noted of what they do there. */
export interface World {
  readonly time: VirtualTime;
  readonly network: Network;
  readonly database: InProcessDynamoDb;
  readonly sns: ModelledSns;
  /** Whether SNS refuses the message whatever else happens. */
  readonly isRefused: (message: SnsMessage) => boolean;
  readonly onPublished: (message: SnsMessage, request: string, container: Container) => void;
  /** Called when the database has answered a query. */
  readonly onQuery: (body: string, container: Container) => Promise<void>;
  readonly onExport: (documents: readonly FindingDocument[], request: string) => ExportAnswer;
}

/** What one container of the product reaches: every request through the network, and the time of its own clock. */
export function environmentOf(container: Container, world: World): Environment {
  let tokens = 0;
  return {
    clock: { now: () => new Date(world.time.now() + container.skewMilliseconds) },
    newToken: () => `${container.name}-token-${++tokens}`,
    dynamoDb: (options) =>
      dynamoDbClient(options.maxAttempts, (request) => sendToDynamoDb(request, options, container, world)),
    sns: (options) =>
      snsClient(options.maxAttempts, (request) => sendToSns(request, options, container, world)),
    export: (documents) => sendToExporter(documents, container, world),
  };
}

function sendToDynamoDb(
  request: HttpRequest,
  { timeoutMilliseconds }: ClientOptions,
  container: Container,
  world: World,
): Promise<HttpResponse> {
  const operation = operationOf(request);
  return world.network.send(container, {
    service: 'DynamoDB',
    operation,
    body: textOf(request.body),
    timeoutMilliseconds,
    execute: async () => {
      const response = await world.database.execute(request);
      if (operation === 'Query') await world.onQuery(textOf(response.body), container);
      return response;
    },
    refuse: dynamoDbError,
    statusOf,
  });
}

function sendToSns(
  request: HttpRequest,
  { timeoutMilliseconds }: ClientOptions,
  container: Container,
  world: World,
): Promise<HttpResponse> {
  return world.network.send(container, {
    service: 'SNS',
    operation: 'Publish',
    body: textOf(request.body),
    timeoutMilliseconds,
    execute: (name) => {
      if (world.isRefused(messageOf(request))) return snsError(403, 'AuthorizationError', 'simulated');
      return world.sns.execute(request, (message) => world.onPublished(message, name, container));
    },
    refuse: topicError,
    statusOf,
  });
}

/** The product gives an export three seconds. */
const exportTimeoutMilliseconds = 3_000;

function sendToExporter(
  documents: readonly FindingDocument[],
  container: Container,
  world: World,
): Promise<ExportAnswer> {
  return world.network.send<ExportAnswer>(container, {
    service: 'exporter',
    operation: 'Export',
    body: '',
    timeoutMilliseconds: exportTimeoutMilliseconds,
    execute: (name) => world.onExport(documents, name),
    refuse: () => 'away',
    statusOf: statusOfExport,
  });
}

function statusOfExport(answer: ExportAnswer): number {
  switch (answer) {
    case 'away':
      return 503;
    case 'throttled':
      return 429;
    case 'call-refused':
      return 400;
    default:
      return 200;
  }
}

function dynamoDbError(random: Random): HttpResponse {
  const [status, code] = random.pick([
    [500, 'InternalServerError'],
    [400, 'ProvisionedThroughputExceededException'],
  ] as const);
  return jsonResponse(status, { __type: `com.amazonaws.dynamodb.v20120810#${code}`, message: 'simulated' });
}

function topicError(random: Random): HttpResponse {
  return random.chance(0.5)
    ? snsError(500, 'InternalError', 'simulated')
    : snsError(403, 'AuthorizationError', 'simulated');
}

function statusOf({ statusCode }: HttpResponse): number {
  return statusCode;
}
