import { HttpResponse } from '@smithy/core/protocols';
import type { HttpHandlerOptions, HttpRequest, RequestHandler } from '@smithy/types';

/** The SDK writes a body as text or as bytes. */
export function bytesOf(body: unknown): Buffer {
  if (body instanceof Uint8Array) return Buffer.from(body.buffer, body.byteOffset, body.byteLength);
  return Buffer.from(typeof body === 'string' ? body : '');
}

export function textOf(body: unknown): string {
  return typeof body === 'string' ? body : bytesOf(body).toString();
}

/** Hands each request of an SDK client to a function in place of a socket. */
export function handlerOf(
  send: (request: HttpRequest) => Promise<HttpResponse>,
): RequestHandler<HttpRequest, HttpResponse, HttpHandlerOptions> & HandlerConfiguration {
  return {
    metadata: { handlerProtocol: 'http/1.1' },
    handle: async (request) => ({ response: await send(request) }),
    destroy() {},
    updateHttpClientConfig() {},
    httpHandlerConfigs: () => ({}),
  };
}

/** What the SDK asks of a handler beside `handle`. */
interface HandlerConfiguration {
  updateHttpClientConfig(): void;
  httpHandlerConfigs(): Record<string, never>;
}

export function jsonResponse(statusCode: number, body: unknown): HttpResponse {
  const headers = { 'content-type': 'application/x-amz-json-1.0' };
  return new HttpResponse({ statusCode, headers, body: Buffer.from(JSON.stringify(body)) });
}

/** An error as Node's sockets give it, which the SDK takes for a transient one. */
export function connectionReset(): Error {
  return Object.assign(new Error('socket hang up'), { code: 'ECONNRESET' });
}

/** The error of the SDK's handler where the service has not answered in time. */
export function requestTimedOut(): Error {
  return Object.assign(new Error('the request timed out'), { name: 'TimeoutError' });
}
