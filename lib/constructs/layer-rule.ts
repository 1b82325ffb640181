import { Duration } from 'aws-cdk-lib';
import * as events from 'aws-cdk-lib/aws-events';
import * as targets from 'aws-cdk-lib/aws-events-targets';
import type * as lambda from 'aws-cdk-lib/aws-lambda';
import type * as sqs from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { eventPattern, lifecycleEventPattern } from '../../lambda/detection/event-pattern';
import { tamperingEventPattern } from '../../lambda/detection/watched-calls';

export interface LayerRuleProps {
  /** What is handed the matching events. */
  readonly detector: lambda.IFunction;

  /** Where an event goes that EventBridge could not hand over. */
  readonly deadLetterQueue: sqs.IQueue;
}

interface Pattern {
  readonly source: readonly string[];
  readonly 'detail-type': readonly string[];
  readonly detail: { readonly eventName: readonly { readonly prefix: string }[] };
}

/**
 * The EventBridge rules: CloudTrail's records of the two Lambda actions go to the detector, and apart from them those of
 * functions that are created or deleted, after which the layers last seen under a name say nothing of it, and those of calls
 * that could make Layerwatch itself blind or silent.
 */
export class LayerRule extends Construct {
  readonly rule: events.Rule;
  readonly lifecycleRule: events.Rule;
  readonly tamperingRule: events.Rule;

  constructor(scope: Construct, id: string, props: LayerRuleProps) {
    super(scope, id);
    this.rule = this.toDetector(
      'Rule',
      'Layer changes on Lambda functions, as CloudTrail records them, go to the Layerwatch detector',
      eventPattern,
      props,
    );
    this.lifecycleRule = this.toDetector(
      'Lifecycle',
      'Lambda functions that are created or deleted, so that Layerwatch knows what their layers were',
      lifecycleEventPattern,
      props,
    );
    this.tamperingRule = this.toDetector(
      'Tampering',
      'Calls that could make Layerwatch blind or silent, or stop a trail',
      tamperingEventPattern,
      props,
    );
  }

  private toDetector(id: string, description: string, pattern: Pattern, props: LayerRuleProps): events.Rule {
    return new events.Rule(this, id, {
      description,
      eventPattern: {
        source: [...pattern.source],
        detailType: [...pattern['detail-type']],
        detail: pattern.detail,
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
