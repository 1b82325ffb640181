import {
  CfnCondition,
  CfnOutput,
  CfnParameter,
  Duration,
  Fn,
  Stack,
  type StackProps,
  Stage,
  Validations,
} from 'aws-cdk-lib';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import * as events from 'aws-cdk-lib/aws-events';
import * as targets from 'aws-cdk-lib/aws-events-targets';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as sqs from 'aws-cdk-lib/aws-sqs';
import type { Construct } from 'constructs';
import { memberRoleName } from '../../lambda/contract';
import {
  forwardedEventPattern,
  forwardedRulePattern,
  forwardedTrailPattern,
  forwarderName,
} from '../../lambda/detection/forwarded-pattern';
import { allow } from '../constructs/role-statements';
import { namedSynthesizer } from './named-synthesizer';

const forwarded = [
  ['', 'Layer changes of this account and region', forwardedEventPattern],
  ['Trails', 'Calls that stop a trail of this account', forwardedTrailPattern],
  ['Rules', 'Calls that stop the forwarder itself', forwardedRulePattern],
] as const;

/** Where a member account's stack sends its events, and whom it lets read. */
interface Parameters {
  readonly hubBusArn: string;
  readonly sweeperRoleArn: string;
  readonly externalId: string;
  readonly homeRegion: string;
}

/**
 * What each account and region of an organization needs to be seen by a hub: three narrow rules, the role with which EventBridge puts events
 * on the hub's bus, a dead-letter queue and its alarm. In one region of each account also the role with which the hub's sweeper
 * reads, where one is wanted. Without assets, so that service-managed StackSets deploy it as it is printed.
 */
export class ForwarderStack extends Stack {
  constructor(scope: Construct, props: StackProps = {}) {
    super(new Stage(scope, 'Organization'), forwarderName, {
      ...props,
      stackName: forwarderName,
      description: 'Layerwatch forwarder: brings the layer changes of this account and region to the hub',
      analyticsReporting: false,
      synthesizer: namedSynthesizer(),
    });
    const parameters = this.parameters();
    const queue = this.undelivered();
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

  /** An alarm costs ten cents a month: nothing in one account, and something in 400 accounts of 17 regions. */
  private alarmIsWanted(): CfnCondition {
    const withAlarm = new CfnParameter(this, 'WithAlarm', {
      type: 'String',
      default: 'true',
      allowedValues: ['true', 'false'],
      description: 'Whether an alarm tells of events that could not be handed on',
    });
    return new CfnCondition(this, 'AlarmIsWanted', {
      expression: Fn.conditionEquals(withAlarm.valueAsString, 'true'),
    });
  }

  private undelivered(): sqs.Queue {
    const queue = new sqs.Queue(this, 'UndeliveredEvents', {
      retentionPeriod: Duration.days(14),
      enforceSSL: true,
      encryption: sqs.QueueEncryption.SQS_MANAGED,
    });
    Validations.of(queue).acknowledge({
      id: 'AwsSolutions-SQS3',
      reason: 'This queue is itself where undelivered events end; an alarm tells when it holds one',
    });
    const alarm = new cloudwatch.Alarm(this, 'UndeliveredEventsWaiting', {
      alarmName: `${forwarderName}-UndeliveredEventsWaiting`,
      alarmDescription:
        'Events wait that EventBridge could not put on the bus of the Layerwatch hub. Check that the bus is there, that its policy admits this organization and that the role of the rule is as deployed; the hub catches up by its sweep where it may read this account.',
      metric: queue.metricApproximateNumberOfMessagesVisible({
        statistic: cloudwatch.Stats.MAXIMUM,
        period: Duration.minutes(5),
      }),
      threshold: 1,
      evaluationPeriods: 1,
      comparisonOperator: cloudwatch.ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
      treatMissingData: cloudwatch.TreatMissingData.NOT_BREACHING,
    });
    (alarm.node.defaultChild as cloudwatch.CfnAlarm).cfnOptions.condition = this.alarmIsWanted();
    return queue;
  }

  /** Rules and role begin with a fixed name: the hub's bus admits this role only, and tampering with either is told. */
  private forward({ hubBusArn }: Parameters, deadLetterQueue: sqs.Queue): void {
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
        eventPattern: {
          source: [...pattern.source],
          detailType: [...pattern['detail-type']],
          detail: pattern.detail,
        },
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
