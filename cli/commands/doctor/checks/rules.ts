import { isDeepStrictEqual } from 'node:util';
import {
  DescribeRuleCommand,
  EventBridgeClient,
  ListTargetsByRuleCommand,
} from '@aws-sdk/client-eventbridge';
import { eventPattern, lifecycleEventPattern } from '../../../../lambda/detection/event-pattern';
import { tamperingEventPattern } from '../../../../lambda/detection/watched-calls';
import type { DeployedStack } from '../../../aws/stack';
import { type Check, type CheckOutcome, failed, ok, redeploy } from '../check';

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

/** Each rule is enabled, has the pattern of this version, and targets the detector. */
export const ruleChecks: readonly Check[] = shippedRules.map((rule) => ({
  name: rule.name,
  run: (stack) => checkRule(stack, rule),
}));

/** The schedule of the sweeper is a rule too. */
export const scheduleCheck: Check = {
  name: 'schedule of the sweep',
  async run(stack) {
    const name = ruleName(stack, 'SweeperSchedule');
    const { State, ScheduleExpression } = await new EventBridgeClient({}).send(
      new DescribeRuleCommand({ Name: name }),
    );
    if (State !== 'ENABLED')
      return failed(`rule ${name} is ${State}`, `aws events enable-rule --name ${name}`);
    return ok(`${ScheduleExpression}, enabled`);
  },
};

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

/** A rule's physical id is its name, or bus and name. */
function ruleName(stack: DeployedStack, logicalId: string): string {
  return stack.physicalId('AWS::Events::Rule', logicalId).split('/').at(-1) ?? '';
}
