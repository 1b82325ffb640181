import { Duration, Validations } from 'aws-cdk-lib';
import type * as kms from 'aws-cdk-lib/aws-kms';
import * as sqs from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';

export interface DeadLetterQueuesProps {
  /**
   * Key that encrypts both queues.
   *
   * @default - the key that SQS owns (SSE-SQS)
   */
  readonly encryptionKey?: kms.IKey | undefined;
}

/**
 * Where events wait that could not be handled. There are two, because they fail apart and hold different shapes:
 * EventBridge leaves the event, Lambda a report with the event in `requestPayload`.
 */
export class DeadLetterQueues extends Construct {
  /** Events that EventBridge could not hand to the detector. */
  readonly undeliveredEvents: sqs.Queue;
  /** Events on which the detector failed each time. */
  readonly failedEvents: sqs.Queue;

  constructor(scope: Construct, id: string, props: DeadLetterQueuesProps = {}) {
    super(scope, id);
    this.undeliveredEvents = this.queue('UndeliveredEvents', props.encryptionKey);
    this.failedEvents = this.queue('FailedEvents', props.encryptionKey);
  }

  private queue(id: string, encryptionKey: kms.IKey | undefined): sqs.Queue {
    const queue = new sqs.Queue(this, id, {
      // SQS keeps nothing longer, and a team may be away for a week.
      retentionPeriod: Duration.days(14),
      enforceSSL: true,
      ...(encryptionKey === undefined
        ? { encryption: sqs.QueueEncryption.SQS_MANAGED }
        : { encryption: sqs.QueueEncryption.KMS, encryptionMasterKey: encryptionKey }),
    });
    Validations.of(queue).acknowledge({
      id: 'AwsSolutions-SQS3',
      reason: 'This queue is itself where undelivered events end; an alarm tells when it holds one',
    });
    return queue;
  }
}
