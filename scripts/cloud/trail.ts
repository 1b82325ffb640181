import {
  CloudTrailClient,
  CreateTrailCommand,
  DeleteTrailCommand,
  StartLoggingCommand,
} from '@aws-sdk/client-cloudtrail';
import {
  CreateBucketCommand,
  DeleteBucketCommand,
  DeleteObjectsCommand,
  ListObjectsV2Command,
  PutBucketPolicyCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import type { Cleanup } from './cleanup';
import { policy } from './workload';

export interface Trail {
  readonly name: string;
  readonly bucket: string;
  /** Whether it logs the calls of all accounts of the organization. */
  readonly isOfOrganization?: boolean;
}

/** A trail of all regions that logs into a bucket of its own: without one, no call of Lambda reaches EventBridge. */
export async function createTrail(
  { name, bucket, isOfOrganization = false }: Trail,
  region: string,
  account: string,
  cleanup: Cleanup,
): Promise<void> {
  await createTrailBucket(bucket, region, account, cleanup);
  const cloudTrail = new CloudTrailClient({});
  await cloudTrail.send(
    new CreateTrailCommand({
      Name: name,
      S3BucketName: bucket,
      IsMultiRegionTrail: true,
      IsOrganizationTrail: isOfOrganization,
    }),
  );
  cleanup.add(`trail ${name}`, () => cloudTrail.send(new DeleteTrailCommand({ Name: name })));
  await cloudTrail.send(new StartLoggingCommand({ Name: name }));
}

async function createTrailBucket(
  Bucket: string,
  region: string,
  account: string,
  cleanup: Cleanup,
): Promise<void> {
  const s3 = new S3Client({ forcePathStyle: true });
  // us-east-1 is what a bucket without a constraint is in; S3 refuses it as a constraint.
  const place = region === 'us-east-1' ? {} : { LocationConstraint: region as 'eu-west-3' };
  await s3.send(new CreateBucketCommand({ Bucket, CreateBucketConfiguration: place }));
  cleanup.add(`bucket ${Bucket}`, () => deleteBucket(s3, Bucket));
  const Principal = { Service: 'cloudtrail.amazonaws.com' };
  await s3.send(
    new PutBucketPolicyCommand({
      Bucket,
      Policy: policy(
        { Effect: 'Allow', Principal, Action: 's3:GetBucketAcl', Resource: `arn:aws:s3:::${Bucket}` },
        {
          Effect: 'Allow',
          Principal,
          Action: 's3:PutObject',
          Resource: `arn:aws:s3:::${Bucket}/AWSLogs/${account}/*`,
          Condition: { StringEquals: { 's3:x-amz-acl': 'bucket-owner-full-control' } },
        },
      ),
    }),
  );
}

async function deleteBucket(s3: S3Client, Bucket: string): Promise<void> {
  for (;;) {
    const { Contents = [] } = await s3.send(new ListObjectsV2Command({ Bucket }));
    if (Contents.length === 0) break;
    const Objects = Contents.map(({ Key }) => ({ Key }));
    await s3.send(new DeleteObjectsCommand({ Bucket, Delete: { Objects } }));
  }
  await s3.send(new DeleteBucketCommand({ Bucket }));
}
