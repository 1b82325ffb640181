import { CfnCondition, CfnOutput, CfnParameter, Fn, Stack, type StackProps, Validations } from 'aws-cdk-lib';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import * as events from 'aws-cdk-lib/aws-events';
import * as targets from 'aws-cdk-lib/aws-events-targets';
import * as iam from 'aws-cdk-lib/aws-iam';
import type * as sqs from 'aws-cdk-lib/aws-sqs';
import type { Construct } from 'constructs';
import { memberRoleName } from '../../lambda/contract';
import {
  forwardedEventPattern,
  forwardedRulePattern,
  forwardedTrailPattern,
  forwarderName,
} from '../../lambda/detection/forwarded-pattern';
import { alarmProps } from '../constructs/alarm-props';
import { DeadLetterQueue, waitingEventsAlarm } from '../constructs/dead-letter-queues';
import { eventPatternOf } from '../constructs/event-rule';
import { allow } from '../constructs/role-statements';
import { namedSynthesizer } from './named-synthesizer';

const forwarded = [
  ['', 'Layer changes of this account and region', forwardedEventPattern],
  ['Trails', 'Calls that stop a trail of this account', forwardedTrailPattern],
  ['Rules', 'Calls that stop the forwarder itself', forwardedRulePattern],
] as const;

/** Where a member account's stack sends its events, and which role may read. */
interface Parameters {
  readonly hubBusArn: string;
  readonly sweeperRoleArn: string;
  readonly externalId: string;
  readonly homeRegion: string;
}

/**
 * The stack that each account and region of an organization needs to send its events to a hub: three narrow rules, the role with which
 * EventBridge puts events on the hub's bus, a dead-letter queue and its alarm. In one region of each account also the role with
 * which the hub's sweeper reads, where one is wanted. The stack has no assets, so that service-managed StackSets deploy its template
 * as it is.
 *
 * The rules and roles have fixed names, which the hub's bus policy refers to: one such stack in an account and region.
 */
export class ForwarderStack extends Stack {
  constructor(scope: Construct, id: string, props: StackProps = {}) {
    super(scope, id, {
      stackName: forwarderName,
      description: 'Layerwatch forwarder: brings the layer changes of this account and region to the hub',
      analyticsReporting: false,
      synthesizer: namedSynthesizer(),
      ...props,
    });
    const parameters = this.parameters();
    const queue = this.undeliveredEvents();
    this.forward(parameters, queue);
    this.readRole(parameters);
  }

  private parameters(): Parameters {
    const hubBusArn = new CfnParameter(this, 'HubBusArn', {
      type: 'String',
      description: "ARN of the hub's event bus: the output HubBusArn of the stack Layerwatch",
      allowedPattern: '^arn:aws[a-z-]*:events:[a-z0-9-]+:[0-9]{12}:event-bus/[A-Za-z0-9._/-]+$',
    });
    const sweeperRoleArn = new CfnParameter(this, 'SweeperRoleArn', {
      type: 'String',
      default: '',
      description:
        'The output SweeperRoleArn of the stack Layerwatch; empty for no role, and then for events alone',
      allowedPattern: '^(arn:aws[a-z-]*:iam::[0-9]{12}:role/[A-Za-z0-9+=,.@_/-]+)?$',
    });
    const externalId = new CfnParameter(this, 'ExternalId', {
      type: 'String',
      default: '',
      noEcho: true,
      description: 'organization.externalId of the hub',
      allowedPattern: '^([A-Za-z0-9+=,.@:/_-]{2,1224})?$',
    });
    const homeRegion = new CfnParameter(this, 'RoleRegion', {
      type: 'String',
      default: 'us-east-1',
      description: 'The one region in which the role is made, because roles are global to an account',
      allowedPattern: '^[a-z]{2}(-[a-z]+)+-[0-9]$',
    });
    return {
      hubBusArn: hubBusArn.valueAsString,
      sweeperRoleArn: sweeperRoleArn.valueAsString,
      externalId: externalId.valueAsString,
      homeRegion: homeRegion.valueAsString,
    };
  }

  /** An alarm costs 0.10 USD a month (CloudWatch pricing), which is 680 USD in 400 accounts with 17 regions. */
  private alarmIsWanted(): CfnCondition {
    const withAlarm = new CfnParameter(this, 'WithAlarm', {
      type: 'String',
      default: 'true',
      allowedValues: ['true', 'false'],
      description: 'Whether an alarm reports events that could not be delivered to the hub',
    });
    return new CfnCondition(this, 'AlarmIsWanted', {
      expression: Fn.conditionEquals(withAlarm.valueAsString, 'true'),
    });
  }

  private undeliveredEvents(): sqs.IQueue {
    const queue = new DeadLetterQueue(this, 'UndeliveredEvents');
    const spec = waitingEventsAlarm(
      'UndeliveredEventsWaiting',
      queue,
      'EventBridge could not put events on the bus of the Layerwatch hub. Check that the bus exists, that its policy admits this organization and that the role of the rule is as deployed; the sweep of the hub finds the events where it may read this account.',
    );
    const alarm = new cloudwatch.Alarm(this, spec.id, {
      ...alarmProps(spec),
      alarmName: `${forwarderName}-${spec.id}`,
    });
    (alarm.node.defaultChild as cloudwatch.CfnAlarm).cfnOptions.condition = this.alarmIsWanted();
    return queue;
  }

  /** Rules and role begin with a fixed name: the hub's bus admits this role only, and tampering with either makes an alert. */
  private forward({ hubBusArn }: Parameters, deadLetterQueue: sqs.IQueue): void {
    const bus = events.EventBus.fromEventBusArn(this, 'HubBus', hubBusArn);
    const role = new iam.Role(this, 'ForwardingRole', {
      roleName: `${forwarderName}-${this.region}`,
      description: 'Lets EventBridge put events on the bus of the Layerwatch hub, and nothing else',
      assumedBy: new iam.ServicePrincipal('events.amazonaws.com'),
      inlinePolicies: {
        Forward: new iam.PolicyDocument({ statements: [allow(['events:PutEvents'], [hubBusArn])] }),
      },
    }).withoutPolicyUpdates();
    for (const [suffix, description, pattern] of forwarded)
      new events.Rule(this, `Rule${suffix}`, {
        ruleName: `${forwarderName}${suffix}`,
        description: `${description} go to the Layerwatch hub`,
        eventPattern: eventPatternOf(pattern),
        targets: [new targets.EventBus(bus, { role, deadLetterQueue })],
      });
  }

  private readRole({ sweeperRoleArn, externalId, homeRegion }: Parameters): void {
    const wanted = new CfnCondition(this, 'RoleIsWanted', {
      expression: Fn.conditionAnd(
        Fn.conditionNot(Fn.conditionEquals(sweeperRoleArn, '')),
        Fn.conditionEquals(this.region, homeRegion),
      ),
    });
    const role = new iam.CfnRole(this, 'ReadRole', {
      roleName: memberRoleName,
      description: "Lets the Layerwatch hub read this account's event history and its functions' layers",
      assumeRolePolicyDocument: {
        Version: '2012-10-17',
        Statement: [
          {
            Effect: 'Allow',
            Principal: { AWS: sweeperRoleArn },
            Action: 'sts:AssumeRole',
            Condition: { StringEquals: { 'sts:ExternalId': externalId } },
          },
        ],
      },
      policies: [
        {
          policyName: 'Read',
          policyDocument: new iam.PolicyDocument({
            statements: [allow(['cloudtrail:LookupEvents', 'lambda:ListFunctions'], ['*'])],
          }),
        },
      ],
    });
    role.cfnOptions.condition = wanted;
    Validations.of(role).acknowledge({
      id: 'AwsSolutions::AwsSolutions-IAM5[Resource::*]',
      reason: 'lambda:ListFunctions and cloudtrail:LookupEvents support no resource; they only list',
    });
    const output = new CfnOutput(this, 'ReadRoleArn', { value: role.attrArn });
    output.condition = wanted;
  }
}
