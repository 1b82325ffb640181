import * as events from 'aws-cdk-lib/aws-events';
import { Construct } from 'constructs';
import { eventPattern, lifecycleEventPattern } from '../../lambda/detection/event-pattern';
import { tamperingEventPattern } from '../../lambda/detection/watched-calls';
import { type DetectorTargetProps, detectorTarget, eventPatternOf } from './event-rule';

/**
 * The EventBridge rules that send CloudTrail records to the detector: the two Lambda actions; functions that are created or
 * deleted, because the layers last seen under a name then say nothing about it; and calls that could make Layerwatch itself blind
 * or silent.
 */
export class LayerRule extends Construct {
  readonly rule: events.IRule;
  readonly lifecycleRule: events.IRule;
  readonly tamperingRule: events.IRule;

  constructor(scope: Construct, id: string, props: DetectorTargetProps) {
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

  private toDetector(
    id: string,
    description: string,
    pattern: Parameters<typeof eventPatternOf>[0],
    props: DetectorTargetProps,
  ): events.Rule {
    return new events.Rule(this, id, {
      description,
      eventPattern: eventPatternOf(pattern),
      targets: [detectorTarget(props)],
    });
  }
}
