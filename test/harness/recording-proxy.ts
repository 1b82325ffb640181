import { request as requestTo } from 'node:http';
import { readCall } from './loopback-aws';
import { startLoopbackServer } from './loopback-server';

/** A call of AWS, as IAM names it. */
export interface RecordedCall {
  readonly accessKeyId: string;
  /** `service:Operation` */
  readonly action: string;
}

/** Names that IAM gives a service or a call, where they are not the API's. */
const serviceNames = new Map([['monitoring', 'cloudwatch']]);
const actionNames = new Map([
  ['lambda:Invoke', 'lambda:InvokeFunction'],
  ['s3:ListObjectsV2', 's3:ListBucket'],
]);

export interface RecordingProxy {
  /** `http://localhost:<port>` */
  readonly endpoint: string;
  readonly calls: readonly RecordedCall[];
  readonly stop: () => Promise<void>;
}

/** Hands every request on as it is, and records what was called by which key. */
export async function startRecordingProxy(target: string): Promise<RecordingProxy> {
  const calls: RecordedCall[] = [];
  const { hostname, port } = new URL(target);
  const { endpoint, stop } = await startLoopbackServer(async (incoming, outgoing) => {
    const chunks: Buffer[] = [];
    for await (const chunk of incoming) chunks.push(chunk as Buffer);
    const body = Buffer.concat(chunks);
    const scope = /Credential=([^/]+)\/\d+\/[^/]+\/([^/]+)\//.exec(incoming.headers.authorization ?? '');
    if (scope !== null) {
      const [, accessKeyId = '', service = ''] = scope;
      const { operation } = readCall(incoming, body.toString('utf8'));
      const action = `${serviceNames.get(service) ?? service}:${operation}`;
      calls.push({ accessKeyId, action: actionNames.get(action) ?? action });
    }
    const { method, headers, url: path } = incoming;
    const onward = requestTo({ hostname, port, method, path, headers }, (answer) => {
      outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(outgoing);
    });
    onward.on('error', () => outgoing.destroy());
    onward.end(body);
  }, 'localhost');
  return { endpoint, calls, stop };
}
