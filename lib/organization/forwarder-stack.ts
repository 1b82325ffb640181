import {
  Aws,
  CfnCondition,
  CfnOutput,
  CfnParameter,
  Fn,
  Stack,
  type StackProps,
  Validations,
} from 'aws-cdk-lib';
import * as events from 'aws-cdk-lib/aws-events';
import * as targets from 'aws-cdk-lib/aws-events-targets';
import * as iam from 'aws-cdk-lib/aws-iam';
import type * as sqs from 'aws-cdk-lib/aws-sqs';
import type { Construct } from 'constructs';
import { hubBusName } from '../../lambda/contract';
import { regionPattern } from '../../lambda/detection/aws-grammar';
import {
  forwarderName,
  forwarderRules,
  forwardPolicyName,
  forwardStatement,
  heartbeatRule,
  memberRoleName,
  readPolicyName,
  readStatement,
} from '../../lambda/detection/forwarded-pattern';
import { DeadLetterQueue } from '../constructs/dead-letter-queues';
import { eventPatternOf } from '../constructs/event-rule';
import { namedSynthesizer } from './named-synthesizer';

/** Where a member account's stack sends its events, and by what the hub may read. */
interface Parameters {
  readonly hubBusArn: string;
  readonly externalId: string;
  readonly homeRegion: string;
}

/** Functions of the hub that read member accounts; CloudFormation names their roles so. */
const readingRoles = ['DetectorRole', 'SweeperRole', 'LogReaderRole'];

/**
 * The stack that each account and region of an organization needs to send its events to a hub: narrow rules, the role with which
 * EventBridge puts events on the hub's bus, a rule that shows each hour that all of it works, and a dead-letter queue. In one region of
 * each account also the role with which the hub reads, where one is wanted. The stack has no assets, so that service-managed
 * StackSets deploy its template as it is.
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
    this.forward(parameters, new DeadLetterQueue(this, 'UndeliveredEvents'));
    this.readRole(parameters);
  }

  private parameters(): Parameters {
    const hubBusArn = new CfnParameter(this, 'HubBusArn', {
      type: 'String',
      description: "ARN of the hub's event bus: the output HubBusArn of the stack Layerwatch",
      allowedPattern: '^arn:aws[a-z-]*:events:[a-z0-9-]+:[0-9]{12}:event-bus/[A-Za-z0-9._/-]+$',
    });
    const externalId = new CfnParameter(this, 'ExternalId', {
      type: 'String',
      default: '',
      noEcho: true,
      description:
        'organization.externalId of the hub, for the role by which it reads functions; empty for no role, and then for events alone',
      allowedPattern: '^([A-Za-z0-9+=,.@:/_-]{2,1224})?$',
    });
    const homeRegion = new CfnParameter(this, 'RoleRegion', {
      type: 'String',
      default: 'us-east-1',
      description: 'The one region in which the role is made, because roles are global to an account',
      allowedPattern: regionPattern,
    });
    return {
      hubBusArn: hubBusArn.valueAsString,
      externalId: externalId.valueAsString,
      homeRegion: homeRegion.valueAsString,
    };
  }

  /** Rules and role begin with a fixed name: the hub's bus admits this role only, and tampering with either makes an alert. */
  private forward({ hubBusArn }: Parameters, deadLetterQueue: sqs.IQueue): void {
    const bus = events.EventBus.fromEventBusArn(this, 'HubBus', hubBusArn);
    const role = new iam.Role(this, 'ForwardingRole', {
      roleName: `${forwarderName}-${this.region}`,
      description: 'Lets EventBridge put events on the bus of the Layerwatch hub, and nothing else',
      assumedBy: new iam.ServicePrincipal('events.amazonaws.com'),
      inlinePolicies: {
        [forwardPolicyName]: iam.PolicyDocument.fromJson({ Statement: [forwardStatement(hubBusArn)] }),
      },
    }).withoutPolicyUpdates();
    const target = { targets: [new targets.EventBus(bus, { role, deadLetterQueue })] };
    for (const { name, description, pattern } of forwarderRules)
      new events.Rule(this, `Rule${name.slice(forwarderName.length)}`, {
        ruleName: name,
        description: `${description} go to the Layerwatch hub`,
        eventPattern: eventPatternOf(pattern),
        ...target,
      });
    new events.Rule(this, 'Heartbeat', {
      ruleName: heartbeatRule.name,
      description: heartbeatRule.description,
      schedule: events.Schedule.expression(heartbeatRule.schedule),
      ...target,
    });
  }

  /** The principal is the account, because IAM keeps the id of a role that is named, and a role that is made anew has another one. */
  private readRole({ hubBusArn, externalId, homeRegion }: Parameters): void {
    const wanted = new CfnCondition(this, 'RoleIsWanted', {
      expression: Fn.conditionAnd(
        Fn.conditionNot(Fn.conditionEquals(externalId, '')),
        Fn.conditionEquals(this.region, homeRegion),
      ),
    });
    const hub = hubOf(hubBusArn);
    const role = new iam.CfnRole(this, 'ReadRole', {
      roleName: memberRoleName,
      description: "Lets the Layerwatch hub read this account's functions and layers",
      assumeRolePolicyDocument: {
        Version: '2012-10-17',
        Statement: [
          {
            Effect: 'Allow',
            Principal: { AWS: `arn:${Aws.PARTITION}:iam::${hub.account}:root` },
            Action: 'sts:AssumeRole',
            Condition: {
              StringEquals: { 'sts:ExternalId': externalId },
              ArnLike: {
                'aws:PrincipalArn': readingRoles.map(
                  (name) => `arn:${Aws.PARTITION}:iam::${hub.account}:role/${hub.stackName}-*${name}*`,
                ),
              },
            },
          },
        ],
      },
      policies: [
        { policyName: readPolicyName, policyDocument: { Version: '2012-10-17', Statement: [readStatement] } },
      ],
    });
    role.cfnOptions.condition = wanted;
    Validations.of(role).acknowledge({
      id: 'AwsSolutions::AwsSolutions-IAM5[Resource::*]',
      reason: 'An alert may be about any function and layer; these only read',
    });
    const output = new CfnOutput(this, 'ReadRoleArn', { value: role.attrArn });
    output.condition = wanted;
  }
}

/** Account and stack of the hub, as the ARN of its bus says. */
function hubOf(hubBusArn: string): { readonly account: string; readonly stackName: string } {
  const busName = Fn.select(1, Fn.split('event-bus/', hubBusArn));
  return {
    account: Fn.select(4, Fn.split(':', hubBusArn)),
    stackName: Fn.select(0, Fn.split(hubBusName(''), busName)),
  };
}
