import { ListObjectsV2Command, type S3Client } from '@aws-sdk/client-s3';
import { plural } from '../../lambda/text/format';
import type { S3Address } from './address';
import { type KeyFilter, mayHold } from './key-filter';

export interface LoggedObject {
  readonly key: string;
  readonly bytes: number;
}

/** Other objects of a bucket are no logs. */
const logName = /\.(?:json|jsonl|ndjson|log|txt|gz)$/i;

/** Folders are listed one by one where the filter may leave some out, and not below a day, where it decides no more. */
const untilDay = /\/\d{4}\/\d{2}\/\d{2}\/$/;

interface Listed {
  readonly name: string;
  readonly object?: LoggedObject;
}

/**
 * The logs under a prefix that the filter wants, by key. Folders that hold none are not listed, so that a day of one account
 * does not cost a walk through all of them.
 */
export class Walk {
  /** Requests that were made so far. */
  requests = 0;

  constructor(
    private readonly client: S3Client,
    private readonly bucket: string,
    private readonly filter: KeyFilter,
    /** Keys up to this one are passed over. */
    private readonly after: string | undefined,
  ) {}

  async *objects(prefix: string): AsyncGenerator<LoggedObject> {
    for await (const { name, object } of this.list(prefix)) {
      if (!mayHold(name, this.filter)) continue;
      if (object === undefined) yield* this.objects(name);
      else if (logName.test(object.key) && object.bytes > 0) yield object;
    }
  }

  private async *list(prefix: string): AsyncGenerator<Listed> {
    let token: string | undefined;
    do {
      this.requests++;
      const page = await this.client.send(
        new ListObjectsV2Command({
          Bucket: this.bucket,
          Prefix: prefix,
          ...(untilDay.test(prefix) ? {} : { Delimiter: '/' }),
          ...(token === undefined ? {} : { ContinuationToken: token }),
        }),
      );
      const folders = (page.CommonPrefixes ?? [])
        .flatMap(({ Prefix }) => Prefix ?? [])
        .map((name) => ({ name }));
      const objects = (page.Contents ?? []).flatMap(({ Key, Size = 0 }) =>
        Key === undefined ? [] : [{ name: Key, object: { key: Key, bytes: Size } }],
      );
      yield* [...folders, ...objects].filter((listed) => this.isAhead(listed)).sort(byName);
      token = page.NextContinuationToken;
    } while (token !== undefined);
  }

  private isAhead({ name, object }: Listed): boolean {
    if (this.after === undefined) return true;
    return object === undefined ? name > this.after || this.after.startsWith(name) : name > this.after;
  }
}

function byName(a: Listed, b: Listed): number {
  return a.name < b.name ? -1 : 1;
}

export interface Estimate {
  readonly objects: number;
  readonly bytes: number;
  readonly listRequests: number;
}

/** Counts what a walk would read. */
export async function estimate(walk: Walk, { prefix }: S3Address): Promise<Estimate> {
  let objects = 0;
  let bytes = 0;
  for await (const object of walk.objects(prefix)) {
    objects++;
    bytes += object.bytes;
  }
  return { objects, bytes, listRequests: walk.requests };
}

/** US dollars for 1,000 requests and for 10^9 bytes (https://aws.amazon.com/s3/pricing, us-east-1, standard storage). */
const listPrice = 0.005;
const getPrice = 0.0004;
const transferPrice = 0.09;

export function formatEstimate(address: string, { objects, bytes, listRequests }: Estimate): string {
  // Listed once for the estimate, and once to read.
  const requests = ((2 * listRequests) / 1_000) * listPrice + (objects / 1_000) * getPrice;
  const transfer = (bytes / 1e9) * transferPrice;
  return `${address}: ${plural(objects, 'object')}, ${formatBytes(bytes)}; about ${dollars(requests)} for requests, and ${dollars(transfer)} for the transfer where this machine is outside of AWS`;
}

function dollars(amount: number): string {
  return amount < 0.01 ? 'less than $0.01' : `$${amount.toFixed(2)}`;
}

function formatBytes(bytes: number): string {
  if (bytes < 1e6) return `${Math.ceil(bytes / 1e3)} kB`;
  return bytes < 1e9 ? `${(bytes / 1e6).toFixed(1)} MB` : `${(bytes / 1e9).toFixed(1)} GB`;
}
