import { ListObjectsV2Command, type S3Client } from '@aws-sdk/client-s3';
import { isLogName } from '../../lambda/logs/find-files';
import { definedOnly, formatBytes, plural } from '../../lambda/text/format';
import { formatDollars } from '../output/format';
import type { S3Address } from './address';
import { type KeyFilter, mayHold } from './key-filter';

export interface LoggedObject {
  readonly key: string;
  readonly bytes: number;
}

/** The folder of a day. Above it the filter may exclude folders, so they are listed one by one; below it the filter excludes nothing. */
const dayFolder = /\/\d{4}\/\d{2}\/\d{2}\/$/;

interface Listed {
  readonly name: string;
  readonly object?: LoggedObject;
}

/**
 * Lists the logs under a prefix that the filter wants, by key. Folders that the filter excludes are not listed, so that a day of
 * one account does not cost a walk through all accounts.
 */
export class Walk {
  /** List requests so far. */
  requests = 0;

  constructor(
    private readonly client: S3Client,
    private readonly bucket: string,
    private readonly filter: KeyFilter,
    /** Keys up to this one are skipped. */
    private readonly after: string | undefined,
  ) {}

  async *objects(prefix: string): AsyncGenerator<LoggedObject> {
    for await (const { name, object } of this.list(prefix)) {
      if (!mayHold(name, this.filter)) continue;
      if (object === undefined) yield* this.objects(name);
      else if (isLogName(object.key) && object.bytes > 0) yield object;
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
          ...(dayFolder.test(prefix) ? {} : { Delimiter: '/' }),
          ...definedOnly({ ContinuationToken: token }),
        }),
      );
      const folders = (page.CommonPrefixes ?? [])
        .flatMap(({ Prefix }) => Prefix ?? [])
        .map((name) => ({ name }));
      const objects = (page.Contents ?? []).flatMap(({ Key, Size = 0 }) =>
        Key === undefined ? [] : [{ name: Key, object: { key: Key, bytes: Size } }],
      );
      yield* [...folders, ...objects].filter((listed) => this.isAfterStart(listed)).sort(byName);
      token = page.NextContinuationToken;
    } while (token !== undefined);
  }

  private isAfterStart({ name, object }: Listed): boolean {
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

/** Counts the objects and bytes that a walk would read. */
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
  return `${address}: ${plural(objects, 'object')}, ${formatBytes(bytes)}; about ${formatDollars(requests)} for requests, and ${formatDollars(transfer)} for the transfer where this machine is outside of AWS`;
}
