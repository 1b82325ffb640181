import { Readable } from 'node:stream';
import { GetObjectCommand, type GetObjectCommandOutput, type S3Client } from '@aws-sdk/client-s3';
import { UnreadableObjectError } from '../errors';
import { heldSource, type LogSource, type TrailBucket } from '../log-reader/ports';

/** CloudTrail's files are some megabytes at most; a larger one is of another program. */
const maxBytes = 134_217_728;

/** Larger objects are streamed, so that the function's memory holds many at once. */
const maxHeldBytes = 4_194_304;

/** Errors of GetObject after which another attempt meets the same (S3 API reference; KMS's come through S3 under their own names). */
const refusals: ReadonlyMap<string, 'vanished' | 'refused'> = new Map([
  ['NoSuchKey', 'vanished'],
  ['NoSuchBucket', 'vanished'],
  ['AccessDenied', 'refused'],
  ['InvalidObjectState', 'refused'],
  ['KMS.DisabledException', 'refused'],
  ['KMS.NotFoundException', 'refused'],
  ['KMS.KMSInvalidStateException', 'refused'],
]);

/** The trail's bucket in S3. */
export class S3TrailBucket implements TrailBucket {
  constructor(
    private readonly client: S3Client,
    private readonly bucket: string,
  ) {}

  async open(key: string): Promise<LogSource> {
    const answer = await this.get(key);
    const { Body, ContentLength: bytes = 0 } = answer;
    if (!(Body instanceof Readable)) throw new Error('S3 answered without a body');
    if (bytes > maxBytes) {
      Body.destroy();
      throw new UnreadableObjectError('too-large', `${bytes} bytes; at most ${maxBytes} are read`);
    }
    if (bytes <= maxHeldBytes) return heldSource(key, Buffer.concat(await Body.toArray()));
    return { name: key, bytes, open: () => Body, canReopen: false };
  }

  private async get(Key: string): Promise<GetObjectCommandOutput> {
    try {
      return await this.client.send(new GetObjectCommand({ Bucket: this.bucket, Key }));
    } catch (error) {
      const { name, message } = error instanceof Error ? error : new Error(String(error));
      const reason = refusals.get(name);
      if (reason === undefined) throw error;
      throw new UnreadableObjectError(reason, `${name}: ${message}`, { cause: error });
    }
  }
}
