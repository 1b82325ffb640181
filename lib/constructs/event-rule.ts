import { Duration } from 'aws-cdk-lib';
import type * as events from 'aws-cdk-lib/aws-events';
import * as targets from 'aws-cdk-lib/aws-events-targets';
import type * as lambda from 'aws-cdk-lib/aws-lambda';
import type * as sqs from 'aws-cdk-lib/aws-sqs';

/** An event pattern as EventBridge reads it. */
interface WrittenPattern {
  readonly source: readonly string[];
  readonly 'detail-type': readonly string[];
  readonly detail: NonNullable<events.EventPattern['detail']>;
}

/** The same pattern as CDK names its keys. */
export function eventPatternOf(pattern: WrittenPattern): events.EventPattern {
  return {
    source: [...pattern.source],
    detailType: [...pattern['detail-type']],
    detail: pattern.detail,
  };
}

export interface DetectorTargetProps {
  /** Function that receives the events. */
  readonly detector: lambda.IFunction;

  /** Queue for events that EventBridge could not deliver to the detector. */
  readonly deadLetterQueue: sqs.IQueue;
}

/** The detector as the target of a rule. */
export function detectorTarget({ detector, deadLetterQueue }: DetectorTargetProps): targets.LambdaFunction {
  return new targets.LambdaFunction(detector, {
    deadLetterQueue,
    // The maximum of EventBridge (RetryPolicy: 86,400 seconds, 185 attempts): it gives an event up after a day only.
    maxEventAge: Duration.hours(24),
    retryAttempts: 185,
  });
}
