import { Duration, Stack } from 'aws-cdk-lib';
import * as events from 'aws-cdk-lib/aws-events';
import * as targets from 'aws-cdk-lib/aws-events-targets';
import type * as lambda from 'aws-cdk-lib/aws-lambda';
import type * as sqs from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { hubBusName } from '../../lambda/contract';
import {
  forwardedDetailType,
  forwardedSources,
  forwarderName,
} from '../../lambda/detection/forwarded-pattern';

export interface HubBusProps {
  /** Organization whose accounts may put events on the bus. */
  readonly organizationId: string;

  /** What is handed the events. */
  readonly detector: lambda.IFunction;

  /** Where an event goes that EventBridge could not hand over. */
  readonly deadLetterQueue: sqs.IQueue;
}

/**
 * The bus to which the forwarders of an organization's accounts and regions send. Its policy admits the forwarders' roles of that
 * organization, and from them events of the forwarded sources only: sources that begin with `aws.` are AWS's own, nobody else can
 * put such an event. The detector compares each event with its envelope all the same.
 */
export class HubBus extends Construct {
  readonly bus: events.EventBus;
  readonly rule: events.Rule;

  constructor(scope: Construct, id: string, props: HubBusProps) {
    super(scope, id);
    const eventBusName = hubBusName(Stack.of(this).stackName);
    this.bus = new events.EventBus(this, 'Bus', {
      eventBusName,
      description: 'Layer changes of the accounts and regions of an organization',
    });
    this.admitOnly(props.organizationId, eventBusName);
    this.rule = new events.Rule(this, 'Rule', {
      description: 'Layer changes that member accounts forward go to the Layerwatch detector',
      eventBus: events.EventBus.fromEventBusName(this, 'Named', eventBusName),
      eventPattern: { source: [...forwardedSources], detailType: [forwardedDetailType] },
      targets: [
        new targets.LambdaFunction(props.detector, {
          deadLetterQueue: props.deadLetterQueue,
          maxEventAge: Duration.hours(24),
          retryAttempts: 185,
        }),
      ],
    });
    // Rule and policy name the bus as it is called, so the order has to be said.
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
            'events:source': [...forwardedSources],
            'events:detail-type': forwardedDetailType,
          },
          ArnLike: { 'aws:PrincipalArn': `arn:${partition}:iam::*:role/${forwarderName}-*` },
        },
      },
    });
    policy.node.addDependency(this.bus);
  }
}
