import { Stack } from 'aws-cdk-lib';
import * as events from 'aws-cdk-lib/aws-events';
import { Construct } from 'constructs';
import { hubBusName } from '../../lambda/contract';
import {
  forwardedDetailTypes,
  forwardedSources,
  forwarderName,
} from '../../lambda/detection/forwarded-pattern';
import { type DetectorTargetProps, detectorTarget } from '../constructs/event-rule';

export interface HubBusProps extends DetectorTargetProps {
  /** Organization whose accounts may put events on the bus. */
  readonly organizationId: string;
}

/**
 * The bus to which the forwarders of an organization's accounts and regions send. Its policy admits the forwarders' roles of that
 * organization, and from them events of the forwarded sources only: sources that begin with `aws.` are AWS's own, nobody else can
 * put such an event. The detector still compares each event with its envelope.
 */
export class HubBus extends Construct {
  readonly bus: events.IEventBus;
  readonly rule: events.IRule;

  constructor(scope: Construct, id: string, props: HubBusProps) {
    super(scope, id);
    const eventBusName = hubBusName(Stack.of(this).stackName);
    // The cast: under `exactOptionalPropertyTypes` the class does not fit the interface that it implements.
    this.bus = new events.EventBus(this, 'Bus', {
      eventBusName,
      description: 'Layer changes of the accounts and regions of an organization',
    }) as events.IEventBus;
    this.admitOnly(props.organizationId, eventBusName);
    this.rule = new events.Rule(this, 'Rule', {
      description: 'Layer changes that member accounts forward go to the Layerwatch detector',
      eventBus: events.EventBus.fromEventBusName(this, 'Named', eventBusName),
      eventPattern: { source: [...forwardedSources], detailType: [...forwardedDetailTypes] },
      targets: [detectorTarget(props)],
    });
    // Rule and policy refer to the bus by its name, so CloudFormation does not see that they need it.
    this.rule.node.addDependency(this.bus);
  }

  private admitOnly(organizationId: string, eventBusName: string): void {
    const { partition } = Stack.of(this);
    const policy = new events.CfnEventBusPolicy(this, 'Policy', {
      eventBusName,
      statementId: 'AllowForwardersOfTheOrganization',
      statement: {
        Sid: 'AllowForwardersOfTheOrganization',
        Effect: 'Allow',
        Principal: '*',
        Action: 'events:PutEvents',
        Resource: this.bus.eventBusArn,
        Condition: {
          StringEquals: {
            'aws:PrincipalOrgID': organizationId,
            'events:detail-type': [...forwardedDetailTypes],
          },
          // The key holds a list (EventBridge, "Using IAM policy conditions"), and a condition on each value holds for an empty one.
          'ForAllValues:StringEquals': { 'events:source': [...forwardedSources] },
          Null: { 'events:source': 'false' },
          ArnLike: { 'aws:PrincipalArn': `arn:${partition}:iam::*:role/${forwarderName}-*` },
        },
      },
    });
    policy.node.addDependency(this.bus);
  }
}
