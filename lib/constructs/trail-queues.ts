import { Duration, Stack } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import type * as kms from 'aws-cdk-lib/aws-kms';
import * as sns from 'aws-cdk-lib/aws-sns';
import * as sqs from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { logReaderTimeoutSeconds } from '../../lambda/contract';
import type { TrailBucketSettings } from '../../lambda/detection/settings';
import { DeadLetterQueue } from './dead-letter-queues';

export interface TrailQueuesProps {
  readonly trail: TrailBucketSettings;

  /**
   * Key that encrypts the messages.
   *
   * @default - the key that SQS owns (SSE-SQS)
   */
  readonly encryptionKey?: kms.IKey | undefined;
}

/** Six times the function's timeout (Lambda, "Using Lambda with Amazon SQS"), so that no message is tried while its batch is in work. */
const visibilitySeconds = 6 * logReaderTimeoutSeconds;

/** Half an hour with that visibility: longer than S3 or DynamoDB are away as a rule. */
const attempts = 5;

/**
 * The queue that is notified of the objects of a trail's bucket, and its dead-letter queue. The bucket may notify the queue itself, or by a
 * topic, or by EventBridge.
 */
export class TrailQueues extends Construct {
  readonly objects: sqs.IQueue;
  /** Messages whose objects could not be decided. */
  readonly undecidedObjects: sqs.IQueue;

  constructor(scope: Construct, id: string, { trail, encryptionKey }: TrailQueuesProps) {
    super(scope, id);
    this.undecidedObjects = new DeadLetterQueue(this, 'UndecidedObjects', { encryptionKey });
    this.objects = new sqs.Queue(this, 'Objects', {
      // The maximum of SQS. Both queues have it, because a message keeps its age in the dead-letter queue.
      retentionPeriod: Duration.days(14),
      visibilityTimeout: Duration.seconds(visibilitySeconds),
      deadLetterQueue: { queue: this.undecidedObjects, maxReceiveCount: attempts },
      enforceSSL: true,
      ...(encryptionKey === undefined
        ? { encryption: sqs.QueueEncryption.SQS_MANAGED }
        : { encryption: sqs.QueueEncryption.KMS, encryptionMasterKey: encryptionKey }),
    });
    if (trail.topicArn === undefined) this.admitBucket(trail);
    else this.subscribe(trail.topicArn);
  }

  /** Names of buckets are global, so the ARN of the bucket needs no account beside it. */
  private admitBucket({ bucket }: TrailBucketSettings): void {
    const stack = Stack.of(this);
    const bucketArn = stack.formatArn({ service: 's3', region: '', account: '', resource: bucket });
    this.admit('AllowBucket', 's3.amazonaws.com', { ArnEquals: { 'aws:SourceArn': bucketArn } });
    const rules = stack.formatArn({ service: 'events', region: '*', resource: 'rule', resourceName: '*' });
    this.admit('AllowRulesOfThisAccount', 'events.amazonaws.com', { ArnLike: { 'aws:SourceArn': rules } });
  }

  /** The topic may be of another region. As the owner of the queue subscribes it, nobody has to confirm (SNS, "Subscribe"). */
  private subscribe(topicArn: string): void {
    this.admit('AllowTopic', 'sns.amazonaws.com', { ArnEquals: { 'aws:SourceArn': topicArn } });
    new sns.CfnSubscription(this, 'Subscription', {
      topicArn,
      protocol: 'sqs',
      endpoint: this.objects.queueArn,
      rawMessageDelivery: true,
      region: topicArn.split(':')[3] ?? '',
    });
  }

  private admit(sid: string, service: string, conditions: Record<string, unknown>): void {
    this.objects.addToResourcePolicy(
      new iam.PolicyStatement({
        sid,
        principals: [new iam.ServicePrincipal(service)],
        actions: ['sqs:SendMessage'],
        resources: [this.objects.queueArn],
        conditions,
      }),
    );
  }
}
