import type { CloudTrailClient } from '@aws-sdk/client-cloudtrail';
import type { EventBridgeClient } from '@aws-sdk/client-eventbridge';
import type { LambdaClient } from '@aws-sdk/client-lambda';
import { metric } from '../../contract';
import { eventPattern, lifecycleEventPattern } from '../../detection/event-pattern';
import { outsidePatterns } from '../../detection/outside-patterns';
import { tamperingEventPattern } from '../../detection/watched-calls';
import { workflowEventPattern } from '../../detection/workflow-decision';
import type { SelfCheck } from '../../sweep/ports';
import type { StackResources } from '../stack-resources';
import { type ExpectedFunction, functionProblems } from './functions';
import { lastPart, outsideRuleName, ownResourcesOf, type StackFacts } from './own-resources';
import { type ExpectedRule, ruleProblems } from './rules';
import { findLoggingTrail } from './trails';

/** Lists the stack's resources once, when the first check needs them. */
export type StackLister = () => Promise<StackResources>;

/** The rules that send to the detector, by logical id. */
const detectorRules = [
  ['LayerRule', eventPattern],
  ['LayerRuleLifecycle', lifecycleEventPattern],
  ['LayerRuleTampering', tamperingEventPattern],
] as const;

/** Only where findings go to Security Hub. */
const workflowRuleId = 'LayerRuleWorkflow';

/** Lambda tries twice more (asynchronous invocation); the stack sets it. */
const detectorRetryAttempts = 2;

/** A trail that brings calls to EventBridge. */
export function trailSelfCheck(client: CloudTrailClient): SelfCheck {
  return {
    name: 'trail',
    metric: metric.trailsStopped,
    async problems() {
      const { logging, problems, unreadable } = await findLoggingTrail(client);
      if (logging === undefined && problems.length === 0) throw new Error(unreadable.join('; '));
      return problems;
    },
  };
}

/** Each rule is enabled, selects at least what this version deploys, and sends to the detector or to the topic of the alarms. */
export function rulesSelfCheck(events: EventBridgeClient, stack: StackLister, facts: StackFacts): SelfCheck {
  return {
    name: 'rules',
    metric: metric.rulesChanged,
    async problems() {
      const expected = expectedRules(await stack(), facts);
      const found = await Promise.all(
        expected.map((each) => (typeof each === 'string' ? [each] : ruleProblems(events, each))),
      );
      return found.flat();
    },
  };
}

/** What each rule has to be; a text for a rule that the stack lacks. */
function expectedRules(stack: StackResources, facts: StackFacts): readonly (ExpectedRule | string)[] {
  const detectorArn = arnOf(
    facts,
    'lambda',
    `function:${stack.find('AWS::Lambda::Function', 'Detector') ?? ''}`,
  );
  const alarmTopic = facts.topicArns[1] ?? '';
  const missing = (id: string) => `the stack has no rule ${id}`;
  const hasWorkflow = stack.find('AWS::Events::Rule', workflowRuleId) !== undefined;
  const workflowRule = [workflowRuleId, workflowEventPattern] as const;
  const toDetector = [...detectorRules, ...(hasWorkflow ? [workflowRule] : [])].map(([id, pattern]) => {
    const found = stack.find('AWS::Events::Rule', id);
    return found === undefined ? missing(id) : { name: lastPart(found), pattern, targetArn: detectorArn };
  });
  const outside = outsidePatterns(ownResourcesOf(stack, facts)).map(({ id, pattern }) => {
    const name = outsideRuleName(stack, id);
    return name === undefined ? missing(`Outside${id}`) : { name, pattern, targetArn: alarmTopic };
  });
  return [...toDetector, ...outside];
}

/** The detector may run, its rules may invoke it, and its failed events are kept; the other functions may run. */
export function functionsSelfCheck(lambda: LambdaClient, stack: StackLister, facts: StackFacts): SelfCheck {
  return {
    name: 'functions',
    metric: metric.functionsChanged,
    async problems() {
      const resources = await stack();
      const expected = [detectorOf(resources, facts), ...otherFunctions(resources, facts)];
      const found = await Promise.all(expected.map((each) => functionProblems(lambda, each)));
      return found.flat();
    },
  };
}

function detectorOf(stack: StackResources, facts: StackFacts): ExpectedFunction {
  const queue = lastPart(stack.find('AWS::SQS::Queue', 'QueuesFailedEvents') ?? '');
  return {
    name: stack.find('AWS::Lambda::Function', 'Detector') ?? '',
    ruleArns: ruleArns(stack, facts, [...detectorRules.map(([id]) => id), workflowRuleId, 'HubRule']),
    failureQueueArn: arnOf(facts, 'sqs', queue),
    retryAttempts: detectorRetryAttempts,
  };
}

function otherFunctions(stack: StackResources, facts: StackFacts): readonly ExpectedFunction[] {
  return ['Sweeper', 'LogReader', 'Selftester'].flatMap((id) => {
    const name = stack.find('AWS::Lambda::Function', id);
    return name === undefined
      ? []
      : [{ name, ruleArns: ruleArns(stack, facts, [`${id}Schedule`]), retryAttempts: 0 }];
  });
}

/** ARNs of those rules that the stack has. A rule of a bus is known by the bus and its name. */
function ruleArns(stack: StackResources, facts: StackFacts, ids: readonly string[]): readonly string[] {
  return ids
    .flatMap((id) => stack.find('AWS::Events::Rule', id) ?? [])
    .map((rule) => arnOf(facts, 'events', `rule/${rule.replace('|', '/')}`));
}

function arnOf({ partition, region, account }: StackFacts, service: string, rest: string): string {
  return `arn:${partition}:${service}:${region}:${account}:${rest}`;
}
