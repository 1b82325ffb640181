import { Duration, Validations } from 'aws-cdk-lib';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import type * as kms from 'aws-cdk-lib/aws-kms';
import * as sqs from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import type { AlarmSpec } from './alarm-props';

export interface DeadLetterQueueProps {
  /**
   * Key that encrypts the messages.
   *
   * @default - the key that SQS owns (SSE-SQS)
   */
  readonly encryptionKey?: kms.IKey | undefined;
}

/** A queue for events that could not be handled. */
export class DeadLetterQueue extends sqs.Queue {
  constructor(scope: Construct, id: string, { encryptionKey }: DeadLetterQueueProps = {}) {
    super(scope, id, {
      // The maximum of SQS: a team may be away for a week.
      retentionPeriod: Duration.days(14),
      enforceSSL: true,
      ...(encryptionKey === undefined
        ? { encryption: sqs.QueueEncryption.SQS_MANAGED }
        : { encryption: sqs.QueueEncryption.KMS, encryptionMasterKey: encryptionKey }),
    });
    Validations.of(this).acknowledge({
      id: 'AwsSolutions-SQS3',
      reason: 'This queue is itself a dead-letter queue; an alarm reports when it holds an event',
    });
  }
}

/**
 * The alarm for a dead-letter queue that holds an event.
 *
 * @param description what the event is and what to do
 */
export function waitingEventsAlarm(id: string, queue: sqs.IQueue, description: string): AlarmSpec {
  const options = { statistic: cloudwatch.Stats.MAXIMUM, period: Duration.minutes(5) };
  return { id, metric: queue.metricApproximateNumberOfMessagesVisible(options), description };
}

/**
 * The stack's dead-letter queues. There are two, because their messages have different shapes: EventBridge leaves the event, Lambda a
 * report with the event in `requestPayload`.
 */
export class DeadLetterQueues extends Construct {
  /** Events that EventBridge could not deliver to the detector. */
  readonly undeliveredEvents: sqs.IQueue;

  /** Events on which the detector failed each time. */
  readonly failedEvents: sqs.IQueue;

  constructor(scope: Construct, id: string, props: DeadLetterQueueProps = {}) {
    super(scope, id);
    this.undeliveredEvents = new DeadLetterQueue(this, 'UndeliveredEvents', props);
    this.failedEvents = new DeadLetterQueue(this, 'FailedEvents', props);
  }
}
