import { isRegion } from '../detection/aws-grammar';
import type { StoredObject } from '../detection/context-document';
import { at, isObject, property, text } from '../detection/json';
import { partitionOfRegion } from '../detection/partitions';
import type { FunctionFacts, LambdaLookup, LayerVersionFacts } from '../ports';
import { displayName } from '../text/untrusted-text';
import { parsedJson, refusalOf, SignedClient, type SignedClientProps } from './signed-client';

/** A throttled or failed answer is asked for once more, because the time for context is short. */
const attempts = 2;
const pauseMilliseconds = 150;

/** Asks Lambda's API by four GET requests: about a function in the own region, about a layer in the layer's. */
export class LambdaApiLookup implements LambdaLookup {
  constructor(private readonly props: SignedClientProps) {}

  async layerVersion(arn: string, signal: AbortSignal): Promise<LayerVersionFacts> {
    const region = layerRegion(arn, this.props.region);
    const answer = await this.get(region, '/2018-10-31/layers', { Arn: arn, find: 'LayerVersion' }, signal);
    const content = property(answer, 'Content');
    const size = property(content, 'CodeSize');
    return {
      sizeBytes: typeof size === 'number' ? size : undefined,
      sha256: text(property(content, 'CodeSha256')),
      created: text(property(answer, 'CreatedDate')),
      description: text(property(answer, 'Description')),
      license: text(property(answer, 'LicenseInfo')),
      location: text(property(content, 'Location')),
      storedIn: storedObject(property(content, 'ResolvedS3Object')),
      signedBy: text(property(content, 'SigningProfileVersionArn')),
    };
  }

  async functionConfiguration(arn: string, signal: AbortSignal): Promise<FunctionFacts> {
    const answer = await this.get(
      this.ownRegion(arn),
      `/2015-03-31/functions/${encodeURIComponent(arn)}/configuration`,
      {},
      signal,
    );
    const variables = at(answer, 'Environment', 'Variables');
    const environmentError = at(answer, 'Environment', 'Error');
    const layers = property(answer, 'Layers');
    return {
      role: text(property(answer, 'Role')),
      runtime: text(property(answer, 'Runtime')),
      lastModified: text(property(answer, 'LastModified')),
      revisionId: text(property(answer, 'RevisionId')),
      lastUpdateStatus: text(property(answer, 'LastUpdateStatus')),
      environmentNames: isObject(variables) ? Object.keys(variables) : [],
      environmentProblem: isObject(environmentError) ? reasonOf(environmentError) : undefined,
      layers: Array.isArray(layers) ? layers.flatMap((layer) => text(property(layer, 'Arn')) ?? []) : [],
    };
  }

  async aliases(arn: string, signal: AbortSignal): Promise<readonly string[]> {
    const answer = await this.get(
      this.ownRegion(arn),
      `/2015-03-31/functions/${encodeURIComponent(arn)}/aliases`,
      {},
      signal,
    );
    const aliases = property(answer, 'Aliases');
    return Array.isArray(aliases) ? aliases.flatMap((alias) => text(property(alias, 'Name')) ?? []) : [];
  }

  async invokers(arn: string, signal: AbortSignal): Promise<readonly string[]> {
    const path = `/2015-03-31/functions/${encodeURIComponent(arn)}/policy`;
    const answer = await this.get(this.ownRegion(arn), path, {}, signal, { absentIsEmpty: true });
    return invokersOf(parsedJson(text(property(answer, 'Policy')) ?? '{}'));
  }

  private ownRegion(arn: string): string {
    const region = arn.split(':')[3];
    if (region !== this.props.region)
      throw new Error(`it is in region ${region}, not in ${this.props.region}`);
    return region;
  }

  private async get(
    region: string,
    path: string,
    query: Record<string, string>,
    signal: AbortSignal,
    { absentIsEmpty = false } = {},
  ): Promise<unknown> {
    const client = new SignedClient('lambda', { ...this.props, region });
    for (let attempt = 1; ; attempt++) {
      const response = await client.send({ method: 'GET', path, query, signal });
      if (response.ok) return response.json();
      if (response.status === 404 && absentIsEmpty) return {};
      const mayPass = response.status === 429 || response.status >= 500;
      if (!mayPass || attempt >= attempts) throw new Error(refusalOf(response, await response.text()).text);
      await new Promise((resolve) => setTimeout(resolve, pauseMilliseconds));
    }
  }
}

/** A region becomes a part of the address that is asked, so its name has to be one; credentials hold for one partition. */
function layerRegion(arn: string, ownRegion: string): string {
  const region = arn.split(':')[3] ?? '';
  if (!isRegion(region)) throw new Error(`its region is ${displayName(region)}, which is no region`);
  if (partitionOfRegion(region) !== partitionOfRegion(ownRegion))
    throw new Error(`it is in region ${region}, in another partition than ${ownRegion}`);
  return region;
}

/** `undefined` where Lambda keeps a copy of the archive, as by default. */
function storedObject(answer: unknown): StoredObject | undefined {
  const bucket = text(property(answer, 'S3Bucket'));
  const key = text(property(answer, 'S3Key'));
  if (bucket === undefined || key === undefined) return undefined;
  return { bucket, key, version: text(property(answer, 'S3ObjectVersion')) ?? null };
}

/** `AccessDeniedException, Lambda was unable to decrypt ...`. */
function reasonOf(error: unknown): string {
  const parts = [text(property(error, 'ErrorCode')), text(property(error, 'Message'))?.slice(0, 200)];
  return parts.filter((part) => part !== undefined).join(', ') || 'Lambda gives no reason';
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
