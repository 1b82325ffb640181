import { Duration } from 'aws-cdk-lib';
import type * as kms from 'aws-cdk-lib/aws-kms';
import type * as lambda from 'aws-cdk-lib/aws-lambda';
import type * as sns from 'aws-cdk-lib/aws-sns';
import type * as sqs from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { detectorTimeoutSeconds } from '../../lambda/contract';
import type { DetectionSettings } from '../../lambda/detection/settings';
import type { AlertTables } from './alert-tables';
import { type ExportSettings, functionLogs, layerwatchFunction } from './function-code';
import { detectorRole } from './function-roles';

export interface DetectorFunctionProps {
  /** Where alerts and state are kept. */
  readonly tables: AlertTables;

  /** Topic that alerts are published to. */
  readonly topic: sns.ITopic;

  /**
   * Topics of the routes, by name.
   *
   * @default - every alert goes to the topic
   */
  readonly routeTopics?: ReadonlyMap<string, sns.ITopic> | undefined;

  /** Where Lambda leaves an event on which the detector failed each time. */
  readonly failureQueue: sqs.IQueue;

  /**
   * Where findings go beside the topics.
   *
   * @default - nowhere
   */
  readonly exports?: ExportSettings | undefined;

  /** Written beside the code as a file. */
  readonly settings: DetectionSettings;

  /**
   * Key that encrypts the log group, and with which tables, topic and queue are encrypted.
   *
   * @default - keys that AWS owns
   */
  readonly encryptionKey?: kms.IKey | undefined;

  /**
   * File of the handler.
   *
   * @default - lambda/handlers/detector.ts
   */
  readonly entry?: string | undefined;
}

/** The function that reads each event, with its role and its log group. */
export class DetectorFunction extends Construct {
  readonly function: lambda.Function;

  constructor(scope: Construct, id: string, props: DetectorFunctionProps) {
    super(scope, id);
    const logGroup = functionLogs(this, props.encryptionKey);
    this.function = layerwatchFunction(
      this,
      'detector',
      { ...props, logGroup },
      {
        description: 'Layerwatch detector: decides on each layer change, stores the alert, notifies',
        timeout: Duration.seconds(detectorTimeoutSeconds),
        role: detectorRole(this, { ...props, logGroup }),
        // Lambda's own limits, set so that nobody lowers them by accident: six hours of throttling lose nothing, and
        // the retries outlast the lease of a notification that another invocation holds.
        maxEventAge: Duration.hours(6),
        retryAttempts: 2,
        onFailure: new FailureQueue(props.failureQueue),
      },
    );
  }
}

/** A destination to which the role already may send: CDK's own adds actions that Lambda does not use. */
class FailureQueue implements lambda.IDestination {
  constructor(private readonly queue: sqs.IQueue) {}

  bind(): lambda.DestinationConfig {
    return { destination: this.queue.queueArn };
  }
}
