import { S3Client } from '@aws-sdk/client-s3';

/** A client of S3. An endpoint of its own, such as an emulator's, has no host name for each bucket. */
export function s3Client(): S3Client {
  const endpoint = process.env['AWS_ENDPOINT_URL_S3'] ?? process.env['AWS_ENDPOINT_URL'];
  return new S3Client({ forcePathStyle: endpoint !== undefined });
}
