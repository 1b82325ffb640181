import * as events from 'aws-cdk-lib/aws-events';
import { Construct } from 'constructs';
import { eventPattern, lifecycleEventPattern } from '../../lambda/detection/event-pattern';
import { tamperingEventPattern } from '../../lambda/detection/watched-calls';
import { workflowEventPattern } from '../../lambda/detection/workflow-decision';
import { type DetectorTargetProps, detectorTarget, eventPatternOf } from './event-rule';

export interface LayerRuleProps extends DetectorTargetProps {
  /** Whether what people decide in Security Hub closes alerts. */
  readonly takesWorkflow: boolean;
}

/**
 * The EventBridge rules that send CloudTrail records to the detector: the two Lambda actions; functions that are created or
 * deleted, because the layers last seen under a name then say nothing about it; and calls that could make Layerwatch itself blind
 * or silent; and, where findings go to Security Hub, what people decide there.
 */
export class LayerRule extends Construct {
  readonly rule: events.IRule;
  readonly lifecycleRule: events.IRule;
  readonly tamperingRule: events.IRule;
  /** Only where findings go to Security Hub. */
  readonly workflowRule: events.IRule | undefined;

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
    this.workflowRule = props.takesWorkflow
      ? this.toDetector(
          'Workflow',
          'Findings of Layerwatch that were resolved or suppressed in Security Hub, so that their alerts are closed',
          workflowEventPattern,
          props,
        )
      : undefined;
  }

  get all(): readonly events.IRule[] {
    return [this.rule, this.lifecycleRule, this.tamperingRule, this.workflowRule].filter(
      (rule) => rule !== undefined,
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
