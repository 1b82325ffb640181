import { Duration } from 'aws-cdk-lib';
import type * as lambda from 'aws-cdk-lib/aws-lambda';
import type * as sqs from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { detectorTimeoutSeconds } from '../../lambda/contract';
import { functionLogs, layerwatchFunction } from './function-code';
import type { LayerwatchFunctionProps } from './function-props';
import { detectorRole } from './function-roles';

export interface DetectorFunctionProps extends LayerwatchFunctionProps {
  /** Queue for events on which the detector failed each time. */
  readonly failureQueue: sqs.IQueue;
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
        // Lambda's maximum (asynchronous invocation), set so that nobody lowers it by accident: six hours of throttling lose
        // nothing, and the retries outlast the lease of a notification that another invocation holds.
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
