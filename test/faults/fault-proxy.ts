import { once } from 'node:events';
import type { IncomingHttpHeaders, ServerResponse } from 'node:http';
import { startLoopbackServer } from '../harness/loopback-server';

/** What a neighbour does to one request. */
export type Fault =
  | { readonly kind: 'refuse'; readonly status: number; readonly code: string }
  /** The request is carried out, and the answer is an error. */
  | { readonly kind: 'fail-after-work' }
  /** The request is carried out, and the connection breaks before the answer. */
  | { readonly kind: 'break-after-work' }
  /** The request is carried out, and no answer comes before the client stops waiting. */
  | { readonly kind: 'answer-late' };

/** Stands between a real client and a service on loopback, and spoils the requests that it is asked to. */
export class FaultProxy {
  private requests = 0;
  private readonly faults = new Map<number, Fault>();

  private constructor(
    readonly endpoint: string,
    readonly stop: () => Promise<void>,
    private readonly target: string,
  ) {}

  static async start(target: string): Promise<FaultProxy> {
    let proxy: FaultProxy | undefined;
    const { endpoint, stop } = await startLoopbackServer(async (request, response) => {
      const chunks: Buffer[] = [];
      for await (const chunk of request) chunks.push(chunk as Buffer);
      await proxy?.handle(request.headers, Buffer.concat(chunks), response);
    });
    proxy = new FaultProxy(endpoint, stop, target);
    return proxy;
  }

  /** Spoils the request that comes after so many others from now on. */
  injectFault(index: number, fault: Fault): void {
    this.faults.set(this.requests + index, fault);
  }

  /** Requests that were to be spoiled and have not come yet. */
  get waiting(): number {
    return this.faults.size;
  }

  private async handle(headers: IncomingHttpHeaders, body: Buffer, response: ServerResponse): Promise<void> {
    const fault = this.faults.get(this.requests);
    this.faults.delete(this.requests++);
    if (fault?.kind === 'refuse') return refuse(response, fault.status, fault.code);
    const answer = await this.forward(headers, body);
    if (fault?.kind === 'fail-after-work') return refuse(response, 500, 'InternalServerError');
    if (fault?.kind === 'break-after-work') return void response.destroy();
    if (fault?.kind === 'answer-late') return void (await once(response, 'close'));
    response.writeHead(answer.status, { 'content-type': answer.type }).end(answer.body);
  }

  private async forward(headers: IncomingHttpHeaders, body: Buffer) {
    const kept = ['content-type', 'x-amz-target', 'authorization', 'x-amz-date'];
    const forwarded = Object.fromEntries(
      kept.flatMap((name) => (headers[name] === undefined ? [] : [[name, String(headers[name])]])),
    );
    const answer = await fetch(this.target, {
      method: 'POST',
      headers: forwarded,
      body: new Uint8Array(body),
    });
    return {
      status: answer.status,
      type: answer.headers.get('content-type') ?? '',
      body: Buffer.from(await answer.arrayBuffer()),
    };
  }
}

/** In the words of both protocols: DynamoDB reads the JSON, SNS the XML. */
function refuse(response: ServerResponse, status: number, code: string): void {
  const isJson = code !== 'InternalError';
  const json = JSON.stringify({ __type: `com.amazonaws.dynamodb.v20120810#${code}`, message: 'spoiled' });
  const xml = `<ErrorResponse><Error><Type>Receiver</Type><Code>${code}</Code><Message>spoiled</Message></Error></ErrorResponse>`;
  response
    .writeHead(status, { 'content-type': isJson ? 'application/x-amz-json-1.0' : 'text/xml' })
    .end(isJson ? json : xml);
}
