import { at, isObject, property, text } from '../detection/json';
import type { FunctionFacts, LambdaLookup, LayerVersionFacts } from '../ports';
import { parsedJson, refusalOf, SignedClient, type SignedClientProps } from './signed-client';

/** A throttled or failed answer is asked for once more, because the time for context is short. */
const attempts = 2;
const pauseMilliseconds = 150;

/** Asks Lambda's API by four GET requests. Layers are of their function's region, and so is who is asked. */
export class LambdaApiLookup implements LambdaLookup {
  private readonly client: SignedClient;

  constructor(private readonly props: SignedClientProps) {
    this.client = new SignedClient('lambda', props);
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
    return invokersOf(parsedJson(text(property(answer, 'Policy')) ?? '{}'));
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
      const response = await this.client.send({ method: 'GET', path, query, signal });
      if (response.ok) return response.json();
      if (response.status === 404 && absentIsEmpty) return {};
      const mayPass = response.status === 429 || response.status >= 500;
      if (!mayPass || attempt >= attempts) throw new Error(await refusalOf(response));
      await new Promise((resolve) => setTimeout(resolve, pauseMilliseconds));
    }
  }
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
