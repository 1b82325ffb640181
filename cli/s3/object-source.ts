import { Readable } from 'node:stream';
import { GetObjectCommand, type S3Client } from '@aws-sdk/client-s3';
import type { LogSource } from '../../lambda/logs/log-source';
import type { LoggedObject } from './walk';

/** Logs of a trail have a few megabytes at most. A larger object is streamed. */
const maxHeldBytes = 33_554_432;

/** An object of S3 as a log source. A small one is fetched once and held until it was read. */
export class ObjectSource implements LogSource {
  readonly canReopen = true;
  private held: Promise<Buffer> | undefined;
  private failed = false;

  constructor(
    private readonly client: S3Client,
    private readonly bucket: string,
    readonly object: LoggedObject,
  ) {}

  get name(): string {
    return `s3://${this.bucket}/${this.object.key}`;
  }

  get bytes(): number {
    return this.object.bytes;
  }

  /** Starts to fetch a small object before it is read. */
  fetchAhead(): void {
    if (this.bytes <= maxHeldBytes) this.hold().catch(() => undefined);
  }

  open = (from = 0, to = Number.POSITIVE_INFINITY): Readable => {
    const chunks = this.bytes <= maxHeldBytes ? this.heldChunks(from, to) : this.streamedChunks(from, to);
    return Readable.from(chunks, { objectMode: false });
  };

  /** Whether S3 failed to deliver it. Another attempt may succeed, unlike with damage in the object. */
  get couldNotBeFetched(): boolean {
    return this.failed;
  }

  release(): void {
    this.held = undefined;
  }

  private async *heldChunks(from: number, to: number): AsyncGenerator<Buffer> {
    yield (await this.hold()).subarray(from, to);
  }

  private async *streamedChunks(from: number, to: number): AsyncGenerator<Buffer> {
    let at = 0;
    for await (const chunk of this.body()) {
      if (at + chunk.length > from) yield chunk.subarray(Math.max(0, from - at), Math.max(0, to - at));
      at += chunk.length;
      if (at >= to) return;
    }
  }

  private hold(): Promise<Buffer> {
    this.held ??= this.whole();
    return this.held;
  }

  private async whole(): Promise<Buffer> {
    const chunks: Buffer[] = [];
    for await (const chunk of this.body()) chunks.push(chunk);
    return Buffer.concat(chunks);
  }

  /** S3 may refuse the request, or cut it off in the middle. */
  private async *body(): AsyncGenerator<Buffer> {
    try {
      const { Body } = await this.client.send(
        new GetObjectCommand({ Bucket: this.bucket, Key: this.object.key }),
      );
      yield* Body as unknown as AsyncIterable<Buffer>;
    } catch (error) {
      this.failed = true;
      throw error;
    }
  }
}
