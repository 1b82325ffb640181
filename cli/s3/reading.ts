import type { S3Client } from '@aws-sdk/client-s3';
import type { Found } from '../../lambda/logs/find-files';
import { s3Client } from '../aws/s3';
import { type S3Address, s3AddressOf } from './address';
import type { KeyFilter } from './key-filter';
import { ObjectSource } from './object-source';
import { Position } from './position';
import { type Estimate, estimate, Walk } from './walk';

/** Objects that are fetched at the same time. */
const maxFetchedAhead = 16;

/** The logs of one address, fetched in parallel and read in order. */
export class S3Reading {
  readonly resumedAfter: string | undefined;
  private readonly address: S3Address;
  private readonly client: S3Client;
  private readonly position: Position;
  private isWhole = true;
  private readonly open = new Map<string, ObjectSource>();

  constructor(
    readonly path: string,
    private readonly filter: KeyFilter,
    state: string | undefined,
  ) {
    this.address = s3AddressOf(path);
    this.client = s3Client();
    this.position = new Position(state, JSON.stringify({ path, filter }));
    this.resumedAfter = this.position.read();
  }

  estimate(): Promise<Estimate> {
    return estimate(this.walk(), this.address);
  }

  async *found(): AsyncGenerator<Found> {
    const ahead: ObjectSource[] = [];
    for await (const object of this.walk().objects(this.address.prefix)) {
      const source = new ObjectSource(this.client, this.address.bucket, object);
      source.fetchAhead();
      this.open.set(source.name, source);
      ahead.push(source);
      if (ahead.length >= maxFetchedAhead) yield* next(ahead);
    }
    while (ahead.length > 0) yield* next(ahead);
  }

  finished(name: string): void {
    const source = this.open.get(name);
    if (source === undefined) return;
    source.release();
    this.open.delete(name);
    // The next run tries again what could not be fetched, and reads everything after it again.
    this.isWhole &&= !source.couldNotBeFetched;
    if (this.isWhole) this.position.finished(source.object.key, Date.now());
  }

  end(): void {
    this.position.end();
  }

  private walk(): Walk {
    return new Walk(this.client, this.address.bucket, this.filter, this.resumedAfter);
  }
}

function* next(ahead: ObjectSource[]): Generator<Found> {
  for (const source of ahead.splice(0, 1)) yield { kind: 'source', source };
}
