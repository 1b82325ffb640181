import { functionArn, layerArn, parseFunctionName, parseLayerArn, partitionOfArn } from './arn';
import { isObject, parameter, property, text, unwrapped } from './json';
import { partitionOfRegion } from './partitions';
import { type CloudTrailRecord, describe } from './record';

export interface Target {
  readonly type: 'function' | 'layer' | 'trail' | 'resource';
  /** Unqualified; `undefined` where the record does not say. */
  readonly arn: string | undefined;
  readonly name: string | undefined;
  readonly account: string | undefined;
  readonly region: string | undefined;
}

/** What the call asked of the layers. */
export type Asked =
  | {
      readonly kind: 'publish';
      readonly layerVersionArn: string | undefined;
      readonly version: string | undefined;
    }
  | { readonly kind: 'layers'; readonly layers: readonly string[] }
  | { readonly kind: 'no-layers' }
  /** A call that may make Layerwatch blind or silent. */
  | {
      readonly kind: 'tampering';
      readonly action: string;
      /** Layers that the call set on a function of Layerwatch's own; `undefined` where it set none. */
      readonly layers: readonly string[] | undefined;
      /** The rule that the call was about. */
      readonly rule?: { readonly name: string; readonly eventBusName: string | undefined };
    }
  | { readonly kind: 'unreadable'; readonly layers: readonly string[] };

export interface Call {
  readonly target: Target;
  readonly asked: Asked;
  readonly problems: readonly string[];
}

/** Reads what a matching record did, and to what. */
export function readCall(record: CloudTrailRecord, action: 'publish' | 'update'): Call {
  return action === 'publish' ? readPublish(record) : readUpdate(record);
}

function readUpdate(record: CloudTrailRecord): Call {
  const target = readFunctionTarget(record);
  const { asked, problems } = readAskedLayers(record);
  const missing =
    target.arn === undefined ? [`the function's name is ${describe(functionNameOf(record))}`] : [];
  return { target, asked, problems: [...problems, ...missing] };
}

function functionNameOf(record: CloudTrailRecord) {
  return parameter(record.requestParameters, 'functionName');
}

/** The response names the function in full; the request may write it in any of four forms. */
export function readFunctionTarget(record: CloudTrailRecord): Target {
  const answered = parseFunctionName(text(property(record.responseElements, 'functionArn')) ?? '');
  const written = parseFunctionName(text(functionNameOf(record)) ?? '');
  const named = answered?.account === undefined ? (written ?? answered) : answered;
  const region = named?.region || record.region;
  const account = named?.account || callerAccount(record);
  const partition = named?.partition ?? partitionOf(record);
  const name = named?.name;
  const complete = name !== undefined && region !== undefined && account !== undefined;
  const arn = complete ? functionArn(partition, region, account, name) : undefined;
  return { type: 'function', arn, name, account, region };
}

/** A plain name can only mean a function or layer of the caller's own account. */
function callerAccount(record: CloudTrailRecord): string | undefined {
  return record.identity.accountId ?? record.identity.issuer?.accountId ?? record.recipientAccountId;
}

function partitionOf(record: CloudTrailRecord): string {
  const { identity } = record;
  return (
    partitionOfArn(identity.arn) ??
    partitionOfArn(identity.issuer?.arn) ??
    partitionOfRegion(record.region ?? '').name
  );
}

/** What the request says of the layers. */
export function readAskedLayers(record: CloudTrailRecord): {
  readonly asked: Asked;
  readonly problems: readonly string[];
} {
  const problem = problemOfParameters(record);
  if (problem !== undefined) return { asked: { kind: 'unreadable', layers: [] }, problems: [problem] };
  const layers = unwrapped(parameter(record.requestParameters, 'layers'));
  if (layers !== undefined && layers !== null) return readLayerList(layers);
  if (functionNameOf(record) !== undefined) return { asked: { kind: 'no-layers' }, problems: [] };
  const unknown = 'requestParameters names neither a function nor layers';
  return { asked: { kind: 'unreadable', layers: [] }, problems: [unknown] };
}

/** Why the parameters of a call cannot be read, as a phrase; `undefined` where they can. */
export function problemOfParameters({ requestParameters }: CloudTrailRecord): string | undefined {
  if (!isObject(requestParameters)) return `requestParameters is ${describe(requestParameters)}`;
  return property(requestParameters, 'omitted') === true
    ? 'requestParameters is omitted by CloudTrail'
    : undefined;
}

/**
 * The ordered list that the response gives: of every layer on the function, whatever the call changed. A function without
 * layers is answered without the key. `undefined` where there is no answer or it cannot be read.
 */
export function answeredLayers({ responseElements }: CloudTrailRecord): readonly string[] | undefined {
  if (text(property(responseElements, 'functionArn')) === undefined) return undefined;
  const { asked } = readLayerList(property(responseElements, 'layers') ?? []);
  return asked.kind === 'layers' ? asked.layers : undefined;
}

function readLayerList(layers: unknown): { readonly asked: Asked; readonly problems: readonly string[] } {
  const items = Array.isArray(layers) ? layers : [layers];
  const arns = items.map(layerArnOf);
  const readable = arns.filter((arn) => arn !== undefined);
  if (readable.length === items.length) return { asked: { kind: 'layers', layers: readable }, problems: [] };
  const unread = items.length - readable.length;
  const problem = Array.isArray(layers)
    ? `${unread} of ${items.length} entries of requestParameters.layers cannot be read`
    : `requestParameters.layers is ${describe(layers)}`;
  return { asked: { kind: 'unreadable', layers: readable }, problems: [problem] };
}

/** The request lists ARNs, the response objects with an `arn`; exports of other tools mix the two. */
function layerArnOf(item: unknown): string | undefined {
  if (typeof item === 'string') return text(item);
  const arn = parameter(item, 'arn');
  return typeof arn === 'string' ? text(arn) : undefined;
}

function readPublish(record: CloudTrailRecord): Call {
  const target = layerTarget(record);
  const answered = text(property(record.responseElements, 'layerVersionArn'));
  const version =
    text(property(record.responseElements, 'version')) ?? parseLayerArn(answered ?? '')?.version;
  const layerVersionArn = answered ?? (target.arn && version ? `${target.arn}:${version}` : undefined);
  const problems = version === undefined ? ['the version that was published is not in the record'] : [];
  if (target.arn === undefined) {
    const missing = `the layer's name is ${describe(parameter(record.requestParameters, 'layerName'))}`;
    return { target, asked: { kind: 'unreadable', layers: [] }, problems: [...problems, missing] };
  }
  return { target, asked: { kind: 'publish', layerVersionArn, version }, problems };
}

function layerTarget(record: CloudTrailRecord): Target {
  const written = text(parameter(record.requestParameters, 'layerName'));
  const answered = text(property(record.responseElements, 'layerArn'));
  const arn = parseLayerArn(answered ?? '') ?? parseLayerArn(written ?? '');
  if (arn !== undefined) {
    const bare = layerArn(arn.partition, arn.region, arn.account, arn.name);
    return { type: 'layer', arn: bare, name: arn.name, account: arn.account, region: arn.region };
  }
  const account = callerAccount(record);
  const complete = written !== undefined && record.region !== undefined && account !== undefined;
  return {
    type: 'layer',
    arn: complete ? layerArn(partitionOf(record), record.region, account, written) : undefined,
    name: written,
    account,
    region: record.region,
  };
}
