import {
  DescribeRuleCommand,
  type EventBridgeClient,
  ListTargetsByRuleCommand,
} from '@aws-sdk/client-eventbridge';

/** A rule as this version deploys it. */
export interface ExpectedRule {
  readonly name: string;
  /** @default - the account's default bus */
  readonly bus?: string | undefined;
  /** Every value of it has to be in the rule's pattern, and the rule's pattern has no other keys. */
  readonly pattern: unknown;
  /** What the rule sends to. */
  readonly targetArn: string;
}

/** Why a rule does not send what it should, as phrases; none where it does. */
export async function ruleProblems(
  client: EventBridgeClient,
  { name, bus, pattern, targetArn }: ExpectedRule,
): Promise<readonly string[]> {
  const EventBusName = bus;
  const { State, EventPattern = '{}' } = await client.send(
    new DescribeRuleCommand({ Name: name, EventBusName }),
  );
  const { Targets = [] } = await client.send(new ListTargetsByRuleCommand({ Rule: name, EventBusName }));
  return [
    ...(State === 'ENABLED' ? [] : [`rule ${name} is ${State}`]),
    ...(coversPattern(parsed(EventPattern), parsed(JSON.stringify(pattern)))
      ? []
      : [`rule ${name} has another pattern than this version: ${EventPattern}`]),
    ...(Targets.some(({ Arn }) => Arn === targetArn) ? [] : [`rule ${name} does not target ${targetArn}`]),
  ];
}

/** Whether a pattern selects at least what another does: the same keys, and in each list at least the same values. */
export function coversPattern(actual: unknown, expected: unknown): boolean {
  if (Array.isArray(expected))
    return (
      Array.isArray(actual) && expected.every((each) => actual.some((other) => coversPattern(other, each)))
    );
  if (typeof expected !== 'object' || expected === null) return actual === expected;
  if (typeof actual !== 'object' || actual === null || Array.isArray(actual)) return false;
  const [actualEntries, expectedEntries] = [Object.entries(actual), Object.entries(expected)];
  return (
    actualEntries.length === expectedEntries.length &&
    expectedEntries.every(([key, value]) =>
      actualEntries.some(([name, each]) => name === key && coversPattern(each, value)),
    )
  );
}

function parsed(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    return undefined;
  }
}
