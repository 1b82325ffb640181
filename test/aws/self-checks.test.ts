import { CloudTrailClient } from '@aws-sdk/client-cloudtrail';
import { EventBridgeClient } from '@aws-sdk/client-eventbridge';
import { LambdaClient } from '@aws-sdk/client-lambda';
import { ownResourcesOf, type StackFacts } from '../../lambda/aws/self-checks/own-resources';
import { coversPattern } from '../../lambda/aws/self-checks/rules';
import { functionsSelfCheck, rulesSelfCheck, trailSelfCheck } from '../../lambda/aws/self-checks/self-checks';
import { type StackResources, stackResources } from '../../lambda/aws/stack-resources';
import { eventPattern, lifecycleEventPattern } from '../../lambda/detection/event-pattern';
import { outsidePatterns } from '../../lambda/detection/outside-patterns';
import { tamperingEventPattern } from '../../lambda/detection/watched-calls';
import { type Input, LoopbackAws } from '../harness/loopback-aws';
import { resourcesOf, templateOf } from '../lib/synthesis';

const arn = (service: string, resource: string) => `arn:aws:${service}:eu-west-3:123456789012:${resource}`;
const facts: StackFacts = {
  stackName: 'Layerwatch',
  partition: 'aws',
  region: 'eu-west-3',
  account: '123456789012',
  topicArns: [arn('sns', 'alerts'), arn('sns', 'alarms')],
};

const template = templateOf();

/** The resources of the template, as CloudFormation lists them once they are made. */
function deployedResources(): StackResources {
  const { Resources } = template.toJSON() as { Resources: Record<string, { Type: string }> };
  const summaries = Object.entries(Resources).map(([LogicalResourceId, { Type }]) => ({
    LogicalResourceId,
    ResourceType: Type,
    PhysicalResourceId: physicalId(LogicalResourceId, Type),
    LastUpdatedTimestamp: undefined,
    ResourceStatus: undefined,
  }));
  return stackResources(summaries);
}

function physicalId(id: string, type: string): string {
  const { Name } = resourcesOf(template, type)[id]?.Properties ?? {};
  if (type === 'AWS::SQS::Queue') return `https://sqs.eu-west-3.amazonaws.com/123456789012/Layerwatch-${id}`;
  return typeof Name === 'string' ? Name : `Layerwatch-${id}`;
}

const stack = deployedResources();
const listed = async () => stack;
const nameOf = (type: string, id: string) => stack.find(type, id) ?? '';
const detector = nameOf('AWS::Lambda::Function', 'Detector');
const schedule = nameOf('AWS::Events::Rule', 'SweeperSchedule');

interface DeployedRule {
  readonly pattern: unknown;
  readonly target: string;
}

/** Patterns and targets of the rules, by name. */
function deployedRules(): Map<string, DeployedRule> {
  const toDetector = [
    ['LayerRule', eventPattern],
    ['LayerRuleLifecycle', lifecycleEventPattern],
    ['LayerRuleTampering', tamperingEventPattern],
  ] as const;
  return new Map<string, DeployedRule>([
    ...toDetector.map(
      ([id, pattern]) =>
        [
          nameOf('AWS::Events::Rule', id),
          { pattern, target: arn('lambda', `function:${detector}`) },
        ] as const,
    ),
    ...outsidePatterns(ownResourcesOf(stack, facts)).map(
      ({ id, pattern }) =>
        [nameOf('AWS::Events::Rule', `Outside${id}`), { pattern, target: arn('sns', 'alarms') }] as const,
    ),
  ]);
}

describe('what the sweep looks at', () => {
  let aws: LoopbackAws;
  let rules: ReturnType<typeof deployedRules>;
  const policyOf = (names: readonly string[]) => ({
    Statement: names.map((name) => ({
      Effect: 'Allow',
      Principal: { Service: 'events.amazonaws.com' },
      Action: 'lambda:InvokeFunction',
      Condition: { ArnLike: { 'AWS:SourceArn': arn('events', `rule/${name}`) } },
    })),
  });

  beforeEach(async () => {
    aws = (await LoopbackAws.start()).refuseOthers();
    rules = deployedRules();
    const named = ({ Name, Rule }: Input) => rules.get(String(Name ?? Rule));
    aws
      .on('DescribeRule', (input) => ({
        State: 'ENABLED',
        EventPattern: JSON.stringify(named(input)?.pattern),
      }))
      .on('ListTargetsByRule', (input) => ({ Targets: [{ Id: 'Target0', Arn: named(input)?.target }] }))
      .on('GetFunctionConcurrency', () => ({}))
      .on('GetFunctionEventInvokeConfig', () => ({
        MaximumRetryAttempts: 2,
        DestinationConfig: {
          OnFailure: {
            Destination: arn('sqs', nameOf('AWS::SQS::Queue', 'QueuesFailedEvents').split('/').at(-1) ?? ''),
          },
        },
      }))
      .on('GetPolicy', () => ({ Policy: JSON.stringify(policyOf([...rules.keys(), schedule])) }));
  });
  afterEach(() => aws.stop());

  const ruleProblems = () => rulesSelfCheck(new EventBridgeClient({}), listed, facts).problems();
  const functionProblems = () => functionsSelfCheck(new LambdaClient({}), listed, facts).problems();
  const change = (id: string, changed: { readonly pattern?: unknown; readonly target?: string }) => {
    const name = nameOf('AWS::Events::Rule', id);
    const before = rules.get(name);
    rules.set(name, { pattern: before?.pattern, target: before?.target ?? '', ...changed });
  };

  test('given a stack as it was deployed, then nothing is wrong', async () => {
    expect(rules.size).toBeGreaterThan(12);
    expect(await ruleProblems()).toEqual([]);
    expect(await functionProblems()).toEqual([]);
  });

  test.each([
    [
      'a rule of layer changes that selects less',
      'LayerRule',
      { pattern: { ...eventPattern, source: ['x'] } },
    ],
    [
      'a condition more',
      'LayerRule',
      { pattern: { ...eventPattern, detail: { ...eventPattern.detail, userIdentity: { type: ['Root'] } } } },
    ],
    ['a rule that sends elsewhere', 'LayerRuleTampering', { target: arn('sqs', 'elsewhere') }],
    ['a rule past the detector that selects nothing', 'OutsideFunctions', { pattern: { source: ['x'] } }],
    ['a rule past the detector that sends elsewhere', 'OutsideTrails', { target: arn('sns', 'elsewhere') }],
  ])('given %s, then it is named', async (_, id, changed) => {
    change(id, changed);
    const problems = await ruleProblems();
    expect(problems).toHaveLength(1);
    expect(problems[0]).toContain(nameOf('AWS::Events::Rule', id));
  });

  test('given a rule past the detector that no longer names the detector, then it is reported', async () => {
    const own = ownResourcesOf(stack, facts);
    const functions = own.functions.filter((name) => name !== detector);
    const weaker = outsidePatterns({ ...own, functions }).find(({ id }) => id === 'Functions');
    change('OutsideFunctions', { pattern: weaker?.pattern });
    expect(await ruleProblems()).toHaveLength(1);
  });

  test('given a rule that is disabled, then it is reported', async () => {
    aws.on('DescribeRule', ({ Name }) => ({
      State: Name === nameOf('AWS::Events::Rule', 'LayerRuleLifecycle') ? 'DISABLED' : 'ENABLED',
      EventPattern: JSON.stringify(rules.get(String(Name))?.pattern),
    }));
    expect(await ruleProblems()).toEqual([expect.stringMatching(/LayerRuleLifecycle\w+ is DISABLED$/)]);
  });

  test.each<[string, string, unknown, RegExp]>([
    [
      'a reserved concurrency of 0',
      'GetFunctionConcurrency',
      { ReservedConcurrentExecutions: 0 },
      /may not run: its reserved concurrency is 0$/,
    ],
    [
      'no failure destination',
      'GetFunctionEventInvokeConfig',
      { MaximumRetryAttempts: 2 },
      /failed events of function .* do not go to /,
    ],
    [
      'no retries',
      'GetFunctionEventInvokeConfig',
      {
        MaximumRetryAttempts: 0,
        DestinationConfig: { OnFailure: { Destination: 'x' } },
      },
      /is tried again 0 times instead of 2$/,
    ],
    ['a policy without the rules', 'GetPolicy', { Policy: '{"Statement":[]}' }, /does not let .* invoke it$/],
  ])('given %s, then it is reported', async (_, operation, output, problem) => {
    aws.on(operation, () => output);
    expect(await functionProblems()).toEqual(expect.arrayContaining([expect.stringMatching(problem)]));
  });

  test('given a permission of one rule that is gone, then that rule is named', async () => {
    const lifecycle = nameOf('AWS::Events::Rule', 'LayerRuleLifecycle');
    const names = [...rules.keys(), schedule].filter((name) => name !== lifecycle);
    aws.on('GetPolicy', () => ({ Policy: JSON.stringify(policyOf([...names, schedule])) }));
    expect(await functionProblems()).toEqual([expect.stringContaining(`rule/${lifecycle} invoke it`)]);
  });

  test('given a schedule that may not invoke the sweeper, then it is named', async () => {
    aws.on('GetPolicy', () => ({ Policy: JSON.stringify(policyOf([...rules.keys()])) }));
    expect(await functionProblems()).toEqual([expect.stringContaining(`rule/${schedule} invoke it`)]);
  });

  test('given a call that AWS denies, then the check rejects', async () => {
    aws.on('GetFunctionConcurrency', () => {
      throw new Error('denied');
    });
    await expect(functionProblems()).rejects.toThrow();
    await expect(trailSelfCheck(new CloudTrailClient({})).problems()).rejects.toThrow();
  });
});

test.each([
  ['the same', { a: ['x'] }, { a: ['x'] }, true],
  ['another order and more values', { a: ['y', { prefix: 'x' }] }, { a: [{ prefix: 'x' }] }, true],
  ['a value less', { a: ['x'] }, { a: ['x', 'y'] }, false],
  ['a key more', { a: ['x'], b: ['y'] }, { a: ['x'] }, false],
  ['a key less', {}, { a: ['x'] }, false],
  ['no pattern', undefined, { a: ['x'] }, false],
])('given a pattern with %s, then whether it selects as much is known', (_, actual, expected, covers) => {
  expect(coversPattern(actual, expected)).toBe(covers);
});
