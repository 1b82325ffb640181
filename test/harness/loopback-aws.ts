import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** The input of a call: members of the JSON or of the form; for Lambda and S3 also `path` and the members of the query. */
export type Input = Readonly<Record<string, unknown>>;

/** Answers a call with the members of its output, or with bytes for the body of an object; throws an `AwsError` to refuse it. */
export type Answer = (input: Input) => unknown;

/** What a service answers instead of an output. */
export class AwsError extends Error {
  constructor(
    override readonly name: string,
    message = 'refused by the test',
    readonly status = 400,
  ) {
    super(message);
  }
}

/** The answer of a service to a role that lacks the permission. */
export const accessDenied: Answer = () => {
  throw new AwsError(
    'AccessDeniedException',
    'User: arn:aws:iam::123456789012:user/ana is not authorized',
    403,
  );
};

/** Operations of services that speak REST, by method and path. */
const restOperations: readonly (readonly [method: string, path: RegExp, operation: string])[] = [
  ['GET', /^\/2015-03-31\/functions\/[^/]+\/configuration$/, 'GetFunctionConfiguration'],
  ['POST', /^\/findings\/import$/, 'BatchImportFindings'],
  ['PUT', /^\/2015-03-31\/functions\/[^/]+\/configuration$/, 'UpdateFunctionConfiguration'],
  ['POST', /^\/2015-03-31\/functions\/[^/]+\/invocations$/, 'Invoke'],
  ['GET', /^\/2018-10-31\/layers\/[^/]+\/versions\/\d+$/, 'GetLayerVersion'],
  ['POST', /^\/2018-10-31\/layers\/[^/]+\/versions$/, 'PublishLayerVersion'],
  ['DELETE', /^\/2018-10-31\/layers\/[^/]+\/versions\/\d+$/, 'DeleteLayerVersion'],
  ['GET', /^\/2015-03-31\/event-source-mappings\/[^/]+$/, 'GetEventSourceMapping'],
  ['GET', /^\/2015-03-31\/functions\/?$/, 'ListFunctions'],
  ['GET', /^\/2015-03-31\/functions\/[^/]+\/policy$/, 'GetPolicy'],
  ['GET', /^\/2019-09-30\/functions\/[^/]+\/concurrency$/, 'GetFunctionConcurrency'],
  ['GET', /^\/2019-09-25\/functions\/[^/]+\/event-invoke-config$/, 'GetFunctionEventInvokeConfig'],
];

const environment = [
  'AWS_ENDPOINT_URL',
  'AWS_REGION',
  'AWS_ACCESS_KEY_ID',
  'AWS_SECRET_ACCESS_KEY',
  'AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED',
] as const;

/** Speaks the protocols of AWS on loopback, with answers that a test gives by the name of the operation. */
export class LoopbackAws {
  /** Names of the operations that were called. */
  readonly called: string[] = [];
  /** How much later than the clock of this machine the clock of the services is. */
  clockOffsetMilliseconds = 0;
  private readonly answers = new Map<string, Answer>();
  private otherwise: Answer = () => {
    throw new AwsError('UnknownOperation', 'the test has no answer for this operation');
  };
  private readonly before = new Map(environment.map((name) => [name, process.env[name]]));

  private constructor(private readonly server: Server) {}

  /** Starts it. Every client of AWS that is made in this process from now on calls it. */
  static async start(): Promise<LoopbackAws> {
    const server = createServer();
    const aws = new LoopbackAws(server);
    server.on('request', (request, response) => void aws.respond(request, response));
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    Object.assign(process.env, aws.environment);
    return aws;
  }

  /** For a process that calls it. */
  get environment(): Readonly<Record<string, string>> {
    return {
      AWS_ENDPOINT_URL: `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`,
      AWS_REGION: 'eu-west-3',
      AWS_ACCESS_KEY_ID: 'loopback',
      AWS_SECRET_ACCESS_KEY: 'loopback',
      AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true',
    };
  }

  /** Refuses every operation that has no answer. */
  refuseOthers(): this {
    this.otherwise = accessDenied;
    return this;
  }

  on(operation: string, answer: Answer): this {
    this.answers.set(operation, answer);
    return this;
  }

  /** The answer of an operation, for one that changes a part of it. */
  answerOf(operation: string): Answer {
    return this.answers.get(operation) ?? this.otherwise;
  }

  async stop(): Promise<void> {
    for (const [name, value] of this.before)
      if (value === undefined) delete process.env[name];
      else process.env[name] = value;
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }

  private async respond(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { operation, input, format } = readCall(request, await textOf(request));
    this.called.push(operation);
    response.setHeader('date', new Date(Date.now() + this.clockOffsetMilliseconds).toUTCString());
    const answer = this.answers.get(operation) ?? this.otherwise;
    try {
      const output = await answer(input);
      response
        .writeHead(200, { 'content-type': contentTypes[format] })
        .end(written(output, operation, format));
    } catch (error) {
      const { name, message, status } =
        error instanceof AwsError ? error : new AwsError('Broken', String(error));
      response
        .writeHead(status, { 'content-type': contentTypes[format], 'x-amzn-errortype': name })
        .end(writtenError(name, message, format));
    }
  }
}

type Format = 'json' | 'query' | 'rest-json' | 's3';

const contentTypes: Readonly<Record<Format, string>> = {
  json: 'application/x-amz-json-1.1',
  query: 'text/xml',
  'rest-json': 'application/json',
  s3: 'application/xml',
};

interface Call {
  readonly operation: string;
  readonly input: Input;
  readonly format: Format;
}

/** The call that a request makes, from its headers, address and body. */
export function readCall(request: IncomingMessage, body: string): Call {
  const target = request.headers['x-amz-target'];
  if (typeof target === 'string')
    return { operation: target.slice(target.lastIndexOf('.') + 1), input: JSON.parse(body), format: 'json' };
  const { pathname, searchParams } = new URL(request.url ?? '', 'http://localhost');
  const form = new URLSearchParams(body);
  const action = form.get('Action');
  if (action !== null) return { operation: action, input: Object.fromEntries(form), format: 'query' };
  const path = decodeURIComponent(pathname);
  const input = { ...Object.fromEntries(searchParams), path };
  const rest = restOperations.find(
    ([method, pattern]) => method === request.method && pattern.test(pathname),
  );
  if (rest !== undefined)
    return { operation: rest[2], input: { ...input, ...parsed(body) }, format: 'rest-json' };
  return { operation: searchParams.has('list-type') ? 'ListObjectsV2' : 'GetObject', input, format: 's3' };
}

function parsed(body: string): object {
  return body === '' ? {} : (JSON.parse(body) as object);
}

async function textOf(request: IncomingMessage): Promise<string> {
  let text = '';
  for await (const chunk of request) text += String(chunk);
  return text;
}

function written(output: unknown, operation: string, format: Format): string | Uint8Array {
  if (output instanceof Uint8Array) return output;
  if (format === 'json' || format === 'rest-json') return JSON.stringify(output ?? {});
  if (format === 's3') return `<Result>${s3Xml(output)}</Result>`;
  return `<${operation}Response><${operation}Result>${xml(output)}</${operation}Result></${operation}Response>`;
}

function writtenError(name: string, message: string, format: Format): string {
  if (format === 'json' || format === 'rest-json') return JSON.stringify({ __type: name, message });
  const error = xml({ Error: { Type: 'Sender', Code: name, Message: message } });
  return format === 's3'
    ? xml({ Error: { Code: name, Message: message } })
    : `<ErrorResponse>${error}</ErrorResponse>`;
}

/** Members as elements. The query protocol wraps the members of a list. */
function xml(value: unknown): string {
  if (Array.isArray(value)) return value.map((each) => `<member>${xml(each)}</member>`).join('');
  if (typeof value !== 'object' || value === null) return escaped(String(value ?? ''));
  return Object.entries(value)
    .map(([name, inner]) => `<${name}>${xml(inner)}</${name}>`)
    .join('');
}

/** S3 repeats the element of a list. */
function s3Xml(output: unknown): string {
  return Object.entries(output ?? {})
    .flatMap(([name, value]) => [value].flat().map((each: unknown) => xml({ [name]: each })))
    .join('');
}

function escaped(text: string): string {
  return text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;');
}
