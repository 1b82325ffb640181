import { EventEmitter } from 'node:events';
import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import { HttpResponse } from '@smithy/core/protocols';
import type { HttpRequest } from '@smithy/types';
import dynalite from 'dynalite';
import { bytesOf } from './http';

/** The database checks that a request is signed, not how. */
const signature = {
  authorization: 'AWS4-HMAC-SHA256 Credential=simulated, SignedHeaders=host, Signature=none',
  'x-amz-date': '20261006T000000Z',
};

/** The embedded DynamoDB without a socket: a request is handed to the listener of its server. */
export class InProcessDynamoDb {
  private readonly listener = listenerOf(dynalite({ createTableMs: 0 }));

  execute(request: HttpRequest): Promise<HttpResponse> {
    return new Promise((resolve) => {
      const received = Object.assign(new EventEmitter(), {
        method: request.method,
        url: request.path,
        headers: { ...request.headers, ...signature },
      });
      const headers: Record<string, string> = {};
      const answer = {
        statusCode: 200,
        setHeader: (name: string, value: unknown) => {
          headers[name.toLowerCase()] = String(value);
        },
        end: (body: string) =>
          resolve(new HttpResponse({ statusCode: answer.statusCode, headers, body: Buffer.from(body) })),
      };
      // The listener uses these parts of the two objects and no others.
      this.listener(received as unknown as IncomingMessage, answer as unknown as ServerResponse as never);
      received.emit('data', bytesOf(request.body));
      received.emit('end');
    });
  }
}

function listenerOf(server: ReturnType<typeof dynalite>): RequestListener {
  // A server without other listeners than the one that dynalite gave it.
  const [listener] = server.listeners('request') as RequestListener[];
  if (listener === undefined) throw new Error('dynalite has no request listener');
  return listener;
}
