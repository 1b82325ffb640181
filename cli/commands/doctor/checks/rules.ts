import { isDeepStrictEqual } from 'node:util';
import {
  DescribeRuleCommand,
  EventBridgeClient,
  ListTargetsByRuleCommand,
} from '@aws-sdk/client-eventbridge';
import { lastPart } from '../../../../lambda/aws/self-checks/own-resources';
import { eventPattern, lifecycleEventPattern } from '../../../../lambda/detection/event-pattern';
import { tamperingEventPattern } from '../../../../lambda/detection/watched-calls';
import type { DeployedStack } from '../../../aws/stack';
import { type Check, type CheckOutcome, failed, ok, redeploy, skipped } from '../check';
import { agrees } from '../template/agreement';
import { inside, type TemplateResource, templateResources } from '../template/template';

/** A rule as this version deploys it. */
export interface ShippedRule {
  readonly name: string;
  readonly logicalId: string;
  readonly pattern: unknown;
}

export const shippedRules: readonly ShippedRule[] = [
  { name: 'rule of layer changes', logicalId: 'LayerRule', pattern: eventPattern },
  {
    name: 'rule of created and deleted functions',
    logicalId: 'LayerRuleLifecycle',
    pattern: lifecycleEventPattern,
  },
  { name: 'rule of tampering', logicalId: 'LayerRuleTampering', pattern: tamperingEventPattern },
];

/** Each rule is enabled, has the pattern of this version, and targets the detector; the others are as they were deployed. */
export const ruleChecks: readonly Check[] = [
  ...shippedRules.map((rule) => ({
    name: rule.name,
    run: (stack: DeployedStack) => checkRule(stack, rule),
  })),
  { name: 'rules outside the detector', run: checkOtherRules },
];

/** The schedules of the sweeper and of the self-test are rules too. */
export const scheduleChecks: readonly Check[] = [
  { name: 'schedule of the sweep', run: (stack) => checkSchedule(stack, 'SweeperSchedule') },
  {
    name: 'schedule of the self-test',
    run: async (stack) =>
      stack.findPhysicalId('AWS::Events::Rule', 'SelftesterSchedule') === undefined
        ? skipped('not configured (setting selftest)')
        : checkSchedule(stack, 'SelftesterSchedule'),
  },
];

async function checkSchedule(stack: DeployedStack, logicalId: string): Promise<CheckOutcome> {
  const name = ruleName(stack, logicalId);
  const { State, ScheduleExpression } = await new EventBridgeClient({}).send(
    new DescribeRuleCommand({ Name: name }),
  );
  if (State !== 'ENABLED') return failed(`rule ${name} is ${State}`, `aws events enable-rule --name ${name}`);
  return ok(`${ScheduleExpression}, enabled`);
}

async function checkRule(stack: DeployedStack, { logicalId, pattern }: ShippedRule): Promise<CheckOutcome> {
  const name = ruleName(stack, logicalId);
  const client = new EventBridgeClient({});
  const { State, EventPattern = '{}' } = await client.send(new DescribeRuleCommand({ Name: name }));
  if (State !== 'ENABLED') return failed(`rule ${name} is ${State}`, `aws events enable-rule --name ${name}`);
  if (!isDeepStrictEqual(JSON.parse(EventPattern), JSON.parse(JSON.stringify(pattern))))
    return failed(`rule ${name} has another pattern than this version: ${EventPattern}`, redeploy);
  const { Targets = [] } = await client.send(new ListTargetsByRuleCommand({ Rule: name }));
  const detector = stack.physicalId('AWS::Lambda::Function', 'Detector');
  if (!Targets.some(({ Arn }) => Arn?.endsWith(`:function:${detector}`) === true))
    return failed(`rule ${name} does not target ${detector}`, redeploy);
  return ok('enabled, pattern as shipped, targets the detector');
}

/** The rules that have no check of their own: those to the topic of the alarms, schedules and the organization's. */
async function checkOtherRules(stack: DeployedStack): Promise<CheckOutcome> {
  const shipped = shippedRules.map(({ logicalId }) =>
    stack.resources.findLogicalId('AWS::Events::Rule', logicalId),
  );
  const rules = await templateResources(stack, 'AWS::Events::Rule');
  const others = rules.filter(({ logicalId }) => !shipped.includes(logicalId));
  const found = await Promise.all(others.map(problemsOfRule));
  const problems = found.flat();
  if (problems.length > 0) return failed(problems.join('; '), redeploy);
  return ok(`${others.length} enabled, with patterns, schedules and targets as deployed`);
}

async function problemsOfRule({ physicalId, properties }: TemplateResource): Promise<readonly string[]> {
  const Name = lastPart(physicalId);
  const bus = /^(?<bus>[^|]+)\|/.exec(physicalId)?.groups?.['bus'];
  const client = new EventBridgeClient({});
  const rule = await client.send(new DescribeRuleCommand({ Name, EventBusName: bus }));
  const { Targets = [] } = await client.send(new ListTargetsByRuleCommand({ Rule: Name, EventBusName: bus }));
  const targets = [properties.get('Targets') ?? []].flat().map((target) => inside(target, 'Arn'));
  return [
    ...(rule.State === 'ENABLED' ? [] : [`rule ${Name} is ${rule.State}`]),
    ...(agrees(JSON.parse(rule.EventPattern ?? 'null'), properties.get('EventPattern') ?? null)
      ? []
      : [`rule ${Name} has another pattern than was deployed`]),
    ...(agrees(rule.ScheduleExpression ?? null, properties.get('ScheduleExpression') ?? null)
      ? []
      : [`rule ${Name} has another schedule than was deployed`]),
    ...(targets.every((target) => Targets.some(({ Arn }) => agrees(Arn, target)))
      ? []
      : [`rule ${Name} does not send where it was deployed to`]),
  ];
}

/** A rule's physical id is its name, or bus and name. */
function ruleName(stack: DeployedStack, logicalId: string): string {
  return lastPart(stack.physicalId('AWS::Events::Rule', logicalId));
}
