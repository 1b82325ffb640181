import { Duration } from 'aws-cdk-lib';
import * as events from 'aws-cdk-lib/aws-events';
import * as targets from 'aws-cdk-lib/aws-events-targets';
import type * as lambda from 'aws-cdk-lib/aws-lambda';
import type * as sqs from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { eventPattern } from '../../lambda/detection/event-pattern';

export interface LayerRuleProps {
  /** What is handed the matching events. */
  readonly detector: lambda.IFunction;

  /** Where an event goes that EventBridge could not hand over. */
  readonly deadLetterQueue: sqs.IQueue;
}

/** The EventBridge rule: CloudTrail's records of the two Lambda actions go to the detector. */
export class LayerRule extends Construct {
  readonly rule: events.Rule;

  constructor(scope: Construct, id: string, props: LayerRuleProps) {
    super(scope, id);
    this.rule = new events.Rule(this, 'Rule', {
      description:
        'Layer changes on Lambda functions, as CloudTrail records them, go to the Layerwatch detector',
      eventPattern: {
        source: [...eventPattern.source],
        detailType: [...eventPattern['detail-type']],
        detail: eventPattern.detail,
      },
      targets: [
        new targets.LambdaFunction(props.detector, {
          deadLetterQueue: props.deadLetterQueue,
          // The most that EventBridge offers: an event is only given up for lost after a day.
          maxEventAge: Duration.hours(24),
          retryAttempts: 185,
        }),
      ],
    });
  }
}
