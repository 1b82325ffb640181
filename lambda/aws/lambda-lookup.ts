import { SignatureV4 } from '@smithy/signature-v4';
import type { AwsCredentialIdentityProvider, ChecksumConstructor, HashConstructor } from '@smithy/types';
import { partitionOfRegion } from '../detection/arn';
import { at, isObject, property, text } from '../detection/json';
import type { FunctionFacts, LambdaLookup, LayerVersionFacts } from '../ports';

export interface LambdaLookupProps {
  /** Region that is asked. Layers are of their function's region. */
  readonly region: string;
  readonly credentials: AwsCredentialIdentityProvider;
  readonly sha256: ChecksumConstructor | HashConstructor;
  /** Address of Lambda's API where it is not AWS's own. */
  readonly endpoint?: string | undefined;
}

/** Domains of AWS's services by partition (botocore's partitions.json). */
const domains: ReadonlyMap<string, string> = new Map([
  ['aws', 'amazonaws.com'],
  ['aws-us-gov', 'amazonaws.com'],
  ['aws-cn', 'amazonaws.com.cn'],
  ['aws-eusc', 'amazonaws.eu'],
  ['aws-iso', 'c2s.ic.gov'],
  ['aws-iso-b', 'sc2s.sgov.gov'],
  ['aws-iso-e', 'cloud.adc-e.uk'],
  ['aws-iso-f', 'csp.hci.ic.gov'],
]);

/** A throttled or failed answer is asked for once more, because the time for context is short. */
const attempts = 2;
const pauseMilliseconds = 150;

/**
 * Asks Lambda's API by four signed GET requests. The SDK's own client makes the bundle, which every cold start loads, 72 kB
 * larger for them; what is needed of the SDK, its signature and its credentials, is in the bundle already.
 */
export class LambdaApiLookup implements LambdaLookup {
  private readonly signer: SignatureV4;
  private readonly endpoint: URL;

  constructor(private readonly props: LambdaLookupProps) {
    const { region, credentials, sha256, endpoint } = props;
    this.signer = new SignatureV4({ service: 'lambda', region, credentials, sha256 });
    const domain = domains.get(partitionOfRegion(region)) ?? 'amazonaws.com';
    this.endpoint = new URL(endpoint ?? `https://lambda.${region}.${domain}`);
  }

  async layerVersion(arn: string, signal: AbortSignal): Promise<LayerVersionFacts> {
    const answer = await this.get(arn, '/2018-10-31/layers', { Arn: arn, find: 'LayerVersion' }, signal);
    const content = property(answer, 'Content');
    const size = property(content, 'CodeSize');
    return {
      sizeBytes: typeof size === 'number' ? size : undefined,
      sha256: text(property(content, 'CodeSha256')),
      created: text(property(answer, 'CreatedDate')),
      description: text(property(answer, 'Description')),
      license: text(property(answer, 'LicenseInfo')),
      location: text(property(content, 'Location')),
    };
  }

  async functionConfiguration(arn: string, signal: AbortSignal): Promise<FunctionFacts> {
    const answer = await this.get(
      arn,
      `/2015-03-31/functions/${encodeURIComponent(arn)}/configuration`,
      {},
      signal,
    );
    const variables = at(answer, 'Environment', 'Variables');
    const layers = property(answer, 'Layers');
    return {
      role: text(property(answer, 'Role')),
      runtime: text(property(answer, 'Runtime')),
      lastModified: text(property(answer, 'LastModified')),
      revisionId: text(property(answer, 'RevisionId')),
      environmentNames: isObject(variables) ? Object.keys(variables) : [],
      layers: Array.isArray(layers) ? layers.flatMap((layer) => text(property(layer, 'Arn')) ?? []) : [],
    };
  }

  async aliases(arn: string, signal: AbortSignal): Promise<readonly string[]> {
    const answer = await this.get(
      arn,
      `/2015-03-31/functions/${encodeURIComponent(arn)}/aliases`,
      {},
      signal,
    );
    const aliases = property(answer, 'Aliases');
    return Array.isArray(aliases) ? aliases.flatMap((alias) => text(property(alias, 'Name')) ?? []) : [];
  }

  async invokers(arn: string, signal: AbortSignal): Promise<readonly string[]> {
    const path = `/2015-03-31/functions/${encodeURIComponent(arn)}/policy`;
    const answer = await this.get(arn, path, {}, signal, { absentIsEmpty: true });
    return invokersOf(parsed(text(property(answer, 'Policy')) ?? '{}'));
  }

  private async get(
    arn: string,
    path: string,
    query: Record<string, string>,
    signal: AbortSignal,
    { absentIsEmpty = false } = {},
  ): Promise<unknown> {
    const region = arn.split(':')[3];
    if (region !== this.props.region)
      throw new Error(`it is in region ${region}, not in ${this.props.region}`);
    for (let attempt = 1; ; attempt++) {
      const response = await this.send(path, query, signal);
      if (response.ok) return response.json();
      if (response.status === 404 && absentIsEmpty) return {};
      const mayPass = response.status === 429 || response.status >= 500;
      if (!mayPass || attempt >= attempts) throw new Error(await refusalOf(response));
      await new Promise((resolve) => setTimeout(resolve, pauseMilliseconds));
    }
  }

  private async send(path: string, query: Record<string, string>, signal: AbortSignal): Promise<Response> {
    const { protocol, hostname, port, host } = this.endpoint;
    const signed = await this.signer.sign({
      method: 'GET',
      protocol,
      hostname,
      ...(port === '' ? {} : { port: Number(port) }),
      path,
      query,
      headers: { host },
    });
    const search = Object.entries(query).map(([key, value]) => `${key}=${encodeURIComponent(value)}`);
    const address = `${this.endpoint.origin}${path}${search.length === 0 ? '' : `?${search.join('&')}`}`;
    return fetch(address, { headers: signed.headers, signal, redirect: 'error' });
  }
}

/** The error's name and the beginning of its message; both are AWS's words. */
async function refusalOf(response: Response): Promise<string> {
  const name = (response.headers.get('x-amzn-errortype') ?? `status ${response.status}`).split(':')[0];
  const body = parsed(await response.text());
  const message = text(property(body, 'Message')) ?? text(property(body, 'message')) ?? '';
  return `${name}${message === '' ? '' : `, ${message.slice(0, 200)}`}`;
}

/** Statements of a resource policy, each with the service or account that it admits. */
function invokersOf(policy: unknown): readonly string[] {
  const statements = property(policy, 'Statement');
  if (!Array.isArray(statements)) return [];
  const names = statements.flatMap((statement) => {
    const principal = property(statement, 'Principal');
    return typeof principal === 'string'
      ? principal
      : (text(at(principal, 'Service')) ?? text(at(principal, 'AWS')) ?? []);
  });
  return [...new Set(names)].sort();
}

function parsed(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    return {};
  }
}
