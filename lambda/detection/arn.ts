/**
 * ARNs are read by their colons and never by a pattern of regions or accounts: partitions and regions keep coming
 * (aws-eusc, eusc-de-east-1), and published patterns of AWS reject some of them.
 */

export interface FunctionName {
  readonly partition?: string | undefined;
  readonly region?: string | undefined;
  readonly account?: string | undefined;
  readonly name: string;
  /** A version or an alias. */
  readonly qualifier?: string | undefined;
}

export interface LayerArn {
  readonly arn: string;
  readonly partition: string;
  readonly region: string;
  readonly account: string;
  readonly name: string;
  /** `undefined` for the ARN of a layer, set for the ARN of one of its versions. */
  readonly version: string | undefined;
}

/**
 * Reads the four forms of a function's name: name, partial ARN, full ARN, each with or without a qualifier.
 * https://docs.aws.amazon.com/lambda/latest/api/API_UpdateFunctionConfiguration.html
 */
export function parseFunctionName(written: string): FunctionName | undefined {
  const parts = written.split(':');
  if (parts[0] === 'arn') return parseFunctionArn(parts);
  const marker = parts.indexOf('function');
  if (marker >= 0 && parts.length > marker + 1) {
    return named(parts[marker + 1], {
      region: parts[marker - 2],
      account: parts[marker - 1],
      qualifier: parts[marker + 2],
    });
  }
  const [first, second, third] = parts;
  if (second !== undefined && first !== undefined && /^\d{12}$/.test(first))
    return named(second, { account: first, qualifier: third });
  return named(first, { qualifier: second });
}

function parseFunctionArn(parts: readonly string[]): FunctionName | undefined {
  const [, partition, service, region, account, type, name, qualifier] = parts;
  if (service !== 'lambda' || type !== 'function') return undefined;
  return named(name, { partition, region, account, qualifier });
}

function named(name: string | undefined, rest: Omit<FunctionName, 'name'>): FunctionName | undefined {
  return name === undefined || name === '' ? undefined : { ...rest, name };
}

/** Reads the ARN of a layer or of a layer version; `undefined` for any other text. */
export function parseLayerArn(written: string): LayerArn | undefined {
  const [arn, partition, service, region, account, type, name, version, ...more] = written.split(':');
  if (arn !== 'arn' || service !== 'lambda' || type !== 'layer' || more.length > 0) return undefined;
  if (!partition || region === undefined || !account || !name) return undefined;
  return { arn: written, partition, region, account, name, version: version === '' ? undefined : version };
}

/** A layer's ARN without its version: two versions of one layer are the same layer. */
export function bareLayer(arn: string): string {
  const layer = parseLayerArn(arn);
  return layer?.version === undefined ? arn : arn.slice(0, -(layer.version.length + 1));
}

export function functionArn(partition: string, region: string, account: string, name: string): string {
  return ['arn', partition, 'lambda', region, account, 'function', name].join(':');
}

export function layerArn(partition: string, region: string, account: string, name: string): string {
  return ['arn', partition, 'lambda', region, account, 'layer', name].join(':');
}

export function partitionOfArn(arn: string | undefined): string | undefined {
  const parts = arn?.split(':') ?? [];
  return parts[0] === 'arn' && parts[1] ? parts[1] : undefined;
}
