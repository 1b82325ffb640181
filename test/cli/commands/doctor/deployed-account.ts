import { deployedStack } from '../../../../cli/aws/stack';
import { type Check, type CheckResult, runChecks } from '../../../../cli/commands/doctor/check';
import { resolved } from '../../../../cli/commands/doctor/template/values';
import { type Input, LoopbackAws } from '../../../harness/loopback-aws';
import { plain } from '../../../harness/plain';
import { templateOf } from '../../../lib/synthesis';

const configuration = {
  email: 'security@example.com',
  selftest: true,
  trailBucket: { bucket: 'audit-logs' },
  organization: { id: 'o-exampleorgid', externalId: 'layerwatch-example' },
  routes: [{ name: 'payments', accounts: ['123456789012'], email: 'payments@example.com' }],
};

type Properties = Record<string, unknown>;

const account = '123456789012';
const arn = (service: string, rest: string) => `arn:aws:${service}:eu-west-3:${account}:${rest}`;
const template = templateOf(configuration).toJSON() as {
  Resources: Record<string, { Type: string; Properties?: Properties }>;
};

const stack = deployedStack(
  'Layerwatch',
  Object.entries(template.Resources).map(([LogicalResourceId, { Type, Properties }]) => ({
    LogicalResourceId,
    ResourceType: Type,
    PhysicalResourceId: physicalId(LogicalResourceId, Type, Properties ?? {}),
    LastUpdatedTimestamp: undefined,
    ResourceStatus: undefined,
  })),
);

function physicalId(id: string, type: string, { Name, EventBusName }: Properties): string {
  const name = typeof Name === 'string' ? Name : `Layerwatch-${id}`;
  if (type === 'AWS::SQS::Queue') return `https://sqs.eu-west-3.amazonaws.com/${account}/${name}`;
  if (type === 'AWS::SNS::Topic') return arn('sns', name);
  return type === 'AWS::Events::Rule' && EventBusName !== undefined ? `Layerwatch-hub|${name}` : name;
}

/** The properties of the resources of a type by physical id, as they were deployed. */
function deployed(type: string): ReadonlyMap<string, Properties> {
  return new Map(
    Object.entries(template.Resources)
      .filter(([, resource]) => resource.Type === type)
      .map(([id, { Properties = {} }]) => [
        stack.resources.physicalIdOf(id) ?? '',
        plain(resolved(Properties, stack)) as Properties,
      ]),
  );
}

function policyOf(type: string, key: 'Topics' | 'Queues', id: unknown): string {
  const policies = [...deployed(type).values()].filter((each) => (each[key] as unknown[]).includes(id));
  const statements = policies.flatMap(
    ({ PolicyDocument }) => (PolicyDocument as { Statement: unknown[] }).Statement,
  );
  return JSON.stringify({ Statement: statements });
}

const rules = deployed('AWS::Events::Rule');
const ruleOf = ({ Name, Rule }: Input) => {
  const wanted = String(Name ?? Rule);
  return [...rules].find(([id]) => id.split('|').at(-1) === wanted)?.[1] ?? {};
};

function functionPolicy({ path }: Input): unknown {
  const name = String(path).split('/')[3];
  const permissions = [...deployed('AWS::Lambda::Permission').values()].filter(({ FunctionName }) =>
    String(FunctionName).endsWith(`:${name}`),
  );
  return {
    Policy: JSON.stringify({
      Statement: permissions.map(({ Principal, SourceArn }) => ({
        Effect: 'Allow',
        Principal: { Service: Principal },
        Condition: { ArnLike: { 'AWS:SourceArn': SourceArn } },
      })),
    }),
  };
}

const roles = deployed('AWS::IAM::Role');
const written = (document: unknown) => encodeURIComponent(JSON.stringify(document));
const inline = (role: unknown) =>
  (roles.get(String(role))?.['Policies'] ?? []) as { PolicyName: string; PolicyDocument: unknown }[];

const failureQueueArn = arn(
  'sqs',
  stack.physicalId('AWS::SQS::Queue', 'QueuesFailedEvents').split('/').at(-1) ?? '',
);

/** A stack with all that can be configured, and answers of AWS as the template says it was deployed. */
export class DeployedAccount {
  private constructor(readonly aws: LoopbackAws) {}

  static async start(): Promise<DeployedAccount> {
    const aws = (await LoopbackAws.start()).refuseOthers();
    aws
      .on('GetTemplate', () => ({ TemplateBody: JSON.stringify(template) }))
      .on('DescribeRule', (input) => {
        const { EventPattern, ScheduleExpression } = ruleOf(input);
        return {
          State: 'ENABLED',
          ...(EventPattern === undefined ? {} : { EventPattern: JSON.stringify(EventPattern) }),
          ScheduleExpression,
        };
      })
      .on('ListTargetsByRule', (input) => ({ Targets: ruleOf(input)['Targets'] }))
      .on('GetFunctionConcurrency', () => ({}))
      .on('GetFunctionEventInvokeConfig', () => ({
        MaximumRetryAttempts: 2,
        DestinationConfig: { OnFailure: { Destination: failureQueueArn } },
      }))
      .on('GetPolicy', functionPolicy)
      .on('GetEventSourceMapping', () => ({ State: 'Enabled' }))
      .on('GetRole', ({ RoleName }) => ({
        Role: {
          RoleName,
          AssumeRolePolicyDocument: written(roles.get(String(RoleName))?.['AssumeRolePolicyDocument']),
        },
      }))
      .on('ListAttachedRolePolicies', () => ({ AttachedPolicies: [], IsTruncated: false }))
      .on('ListRolePolicies', ({ RoleName }) => ({
        PolicyNames: inline(RoleName).map(({ PolicyName }) => PolicyName),
        IsTruncated: false,
      }))
      .on('GetRolePolicy', ({ RoleName, PolicyName }) => ({
        RoleName,
        PolicyName,
        PolicyDocument: written(
          inline(RoleName).find((each) => each.PolicyName === PolicyName)?.PolicyDocument,
        ),
      }))
      .on('GetTopicAttributes', ({ TopicArn }) => ({
        Attributes: entry('Policy', policyOf('AWS::SNS::TopicPolicy', 'Topics', TopicArn)),
      }))
      .on('GetQueueAttributes', ({ QueueUrl }) => ({
        Attributes: { Policy: policyOf('AWS::SQS::QueuePolicy', 'Queues', QueueUrl) },
      }))
      .on('ListSubscriptionsByTopic', ({ TopicArn }) => ({
        Subscriptions: [
          { SubscriptionArn: `${TopicArn}:1`, Protocol: 'email', Endpoint: 'security@example.com' },
        ],
      }))
      .on('GetSubscriptionAttributes', () => ({ Attributes: entry('RawMessageDelivery', 'false') }));
    return new DeployedAccount(aws);
  }

  /** Name or ARN of a resource. */
  idOf(type: string, beginning: string): string {
    return stack.physicalId(type, beginning);
  }

  /** Answers an operation with its answer as deployed, changed. */
  change(operation: string, changed: (output: Properties, input: Input) => unknown): void {
    const before = this.aws.answerOf(operation);
    this.aws.on(operation, async (input) => changed((await before(input)) as Properties, input));
  }

  async run(check: Check): Promise<CheckResult> {
    const [result] = await runChecks([check], stack, async () => {});
    if (result === undefined) throw new Error('the check has no result');
    return result;
  }

  stop(): Promise<void> {
    return this.aws.stop();
  }
}

/** The query protocol's form of a map with one entry. */
export function entry(key: string, value: string) {
  return { entry: { key, value } };
}
