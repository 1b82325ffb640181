import { UsageError } from '../errors';

export interface S3Address {
  readonly bucket: string;
  readonly prefix: string;
}

export function isS3Address(path: string): boolean {
  return path.startsWith('s3://');
}

/** @throws {UsageError} for what is no address */
export function s3AddressOf(path: string): S3Address {
  // Bucket names: 3 to 63 lower-case letters, digits, dots and hyphens (S3 user guide, "Bucket naming rules").
  const [, bucket = '', prefix = ''] =
    /^s3:\/\/([a-z0-9][a-z0-9.-]{1,61}[a-z0-9])(?:\/(.*))?$/s.exec(path) ?? [];
  if (bucket === '')
    throw new UsageError(`${JSON.stringify(path)} is no S3 address; allowed: s3://bucket/prefix`);
  return { bucket, prefix };
}
