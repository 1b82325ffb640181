import { S3Client } from '@aws-sdk/client-s3';

/** A service that is addressed by an endpoint of its own has no host name for each bucket. */
export function s3Client(): S3Client {
  const endpoint = process.env['AWS_ENDPOINT_URL_S3'] ?? process.env['AWS_ENDPOINT_URL'];
  return new S3Client({ forcePathStyle: endpoint !== undefined });
}
