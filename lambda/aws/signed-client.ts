import { SignatureV4 } from '@smithy/signature-v4';
import type { AwsCredentialIdentityProvider, ChecksumConstructor, HashConstructor } from '@smithy/types';
import { property, text } from '../detection/json';
import { partitionOfRegion } from '../detection/partitions';

export interface SignedClientProps {
  readonly region: string;
  readonly credentials: AwsCredentialIdentityProvider;
  readonly sha256: ChecksumConstructor | HashConstructor;
  /** Address of the API where it is not AWS's own. */
  readonly endpoint?: string | undefined;
}

export interface SignedRequest {
  readonly method: 'GET' | 'POST';
  readonly path: string;
  readonly query?: Record<string, string>;
  readonly headers?: Record<string, string>;
  readonly body?: string;
  readonly signal: AbortSignal;
}

/**
 * Signed requests to one service. The SDK's own clients make the bundle, which every cold start loads, 70 kB larger for each
 * service; what is needed of the SDK, its signature and its credentials, is in the bundle already.
 */
export class SignedClient {
  private readonly signer: SignatureV4;
  private readonly endpoint: URL;

  constructor(service: string, { region, credentials, sha256, endpoint }: SignedClientProps) {
    this.signer = new SignatureV4({ service, region, credentials, sha256 });
    const { domain } = partitionOfRegion(region);
    this.endpoint = new URL(endpoint ?? `https://${service}.${region}.${domain}`);
  }

  async send({ method, path, query = {}, headers = {}, body, signal }: SignedRequest): Promise<Response> {
    const { protocol, hostname, port, host } = this.endpoint;
    const signed = await this.signer.sign({
      method,
      protocol,
      hostname,
      ...(port === '' ? {} : { port: Number(port) }),
      path,
      query,
      headers: { host, ...headers },
      ...(body === undefined ? {} : { body }),
    });
    const search = Object.entries(query).map(([key, value]) => `${key}=${encodeURIComponent(value)}`);
    const address = `${this.endpoint.origin}${path}${search.length === 0 ? '' : `?${search.join('&')}`}`;
    return fetch(address, {
      method,
      headers: signed.headers,
      signal,
      redirect: 'error',
      ...(body === undefined ? {} : { body }),
    });
  }
}

/** The error's name, and the beginning of its message; both are AWS's words. */
export function refusalOf(
  response: Response,
  json: string,
): { readonly name: string; readonly text: string } {
  const body = parsedJson(json);
  const type = response.headers.get('x-amzn-errortype') ?? text(property(body, '__type'));
  const name = type?.split(':')[0]?.split('#').at(-1) ?? `status ${response.status}`;
  const message = text(property(body, 'Message')) ?? text(property(body, 'message')) ?? '';
  return { name, text: `${name}${message === '' ? '' : `, ${message.slice(0, 200)}`}` };
}

export function parsedJson(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    return {};
  }
}
