import { Duration, Names } from 'aws-cdk-lib';
import * as events from 'aws-cdk-lib/aws-events';
import * as iam from 'aws-cdk-lib/aws-iam';
import type * as sns from 'aws-cdk-lib/aws-sns';
import type * as sqs from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import {
  type OutsidePattern,
  type OwnResources,
  outsidePatterns,
} from '../../lambda/detection/outside-patterns';
import { eventPatternOf } from './event-rule';

/** A rule's name has 64 characters at most (EventBridge, PutRule); the longest part behind the dash has 12. */
const maxPrefixLength = 50;

export interface OutsideWatchProps {
  /** What the stack has made, but for the rules of this construct. */
  readonly resources: Omit<OwnResources, 'outsidePrefix'>;

  /** Topic of the alarms, which are not the detector's either. */
  readonly topic: sns.Topic;

  /** Queue for calls that could not be sent to the topic. */
  readonly deadLetterQueue: sqs.IQueue;
}

/**
 * Rules that send calls on Layerwatch's own resources to a topic, as EventBridge writes them: a detector whose code was replaced, or
 * that may run no more, does not report that itself.
 *
 * They have names of their own, because one of the rules names all of them, and another that one.
 */
export class OutsideWatch extends Construct {
  readonly rules: readonly events.IRule[];

  constructor(scope: Construct, id: string, props: OutsideWatchProps) {
    super(scope, id);
    const outsidePrefix = `${Names.uniqueResourceName(this, { maxLength: maxPrefixLength, separator: '-' })}-`;
    this.rules = outsidePatterns({ ...props.resources, outsidePrefix }).map((each) =>
      this.rule(each, `${outsidePrefix}${each.id}`, props),
    );
    this.allowRules(props);
  }

  private rule(
    { id, pattern, parameters }: OutsidePattern,
    ruleName: string,
    { topic, deadLetterQueue }: OutsideWatchProps,
  ): events.Rule {
    const target: events.RuleTargetConfig = {
      arn: topic.topicArn,
      input: messageOf(parameters),
      deadLetterConfig: { arn: deadLetterQueue.queueArn },
      retryPolicy: { maximumEventAgeInSeconds: Duration.hours(24).toSeconds(), maximumRetryAttempts: 185 },
    };
    return new events.Rule(this, id, {
      ruleName,
      description: 'Calls that could make Layerwatch blind or silent, to its alarm topic without its code',
      eventPattern: eventPatternOf(pattern),
      targets: [{ bind: () => target }],
    });
  }

  /** Only these rules: every account's rules have the same principal. */
  private allowRules({ topic, deadLetterQueue }: OutsideWatchProps): void {
    const statement = (action: string, resource: string) =>
      new iam.PolicyStatement({
        sid: 'AllowRulesOutsideTheDetector',
        actions: [action],
        principals: [new iam.ServicePrincipal('events.amazonaws.com')],
        resources: [resource],
        conditions: { ArnEquals: { 'aws:SourceArn': this.rules.map(({ ruleArn }) => ruleArn) } },
      });
    topic.addToResourcePolicy(statement('sns:Publish', topic.topicArn));
    deadLetterQueue.addToResourcePolicy(statement('sqs:SendMessage', deadLetterQueue.queueArn));
  }
}

/** Only text of AWS's own grammar is part of it: no user agent and no list. */
function messageOf(parameters: readonly string[]): events.RuleTargetInput {
  const of = (path: string) => events.EventField.fromPath(`$.${path}`);
  const names = parameters
    .filter((name) => name !== 'alarmNames')
    .map((name) => of(`detail.requestParameters.${name}`));
  return events.RuleTargetInput.fromText(
    [
      `Layerwatch may be blind or silent: ${of('detail.eventName')} was called on what it needs (${names.join(' ')}).`,
      `Who: ${of('detail.userIdentity.arn')} from ${of('detail.sourceIPAddress')}.`,
      `When: ${of('detail.eventTime')}. Where: account ${of('account')}, region ${of('region')}.`,
      `Error, if AWS refused the call: ${of('detail.errorCode')}. CloudTrail event: ${of('detail.eventID')}.`,
      'EventBridge sent this message without the code of Layerwatch.',
      'If nobody deployed Layerwatch at that time, find out who made the call, deploy Layerwatch again, and run npx layerwatch doctor.',
    ].join(' '),
  );
}
