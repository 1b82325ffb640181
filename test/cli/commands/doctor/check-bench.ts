import { type DeployedStack, deployedStack } from '../../../../cli/aws/stack';
import { type Check, type CheckResult, runChecks } from '../../../../cli/commands/doctor/check';
import { type Answer, LoopbackAws } from '../../../harness/loopback-aws';

/** The resources of a stack that has all that can be configured, as CloudFormation lists them. */
const resources: readonly (readonly [type: string, logicalId: string, physicalId: string])[] = [
  ['AWS::Events::Rule', 'LayerRule', 'layer-rule'],
  ['AWS::Events::Rule', 'LayerRuleLifecycle', 'lifecycle-rule'],
  ['AWS::Events::Rule', 'LayerRuleTampering', 'tampering-rule'],
  ['AWS::Events::Rule', 'SweeperSchedule', 'schedule-rule'],
  ['AWS::Events::Rule', 'HubRule', 'Layerwatch-hub/hub-rule'],
  ['AWS::Events::EventBus', 'Hub', 'Layerwatch-hub'],
  ['AWS::Lambda::Function', 'Detector', 'detector'],
  ['AWS::Lambda::Function', 'Sweeper', 'sweeper'],
  ['AWS::SQS::Queue', 'QueuesUndeliveredEvents', 'https://sqs/undelivered'],
  ['AWS::SQS::Queue', 'QueuesFailedEvents', 'https://sqs/failed'],
  ['AWS::Lambda::Function', 'LogReader', 'log-reader'],
  ['AWS::Lambda::EventSourceMapping', 'LogReaderMessages', '11111111-2222-3333-4444-555555555555'],
  ['AWS::Lambda::Function', 'Selftester', 'selftester'],
  ['AWS::Events::Rule', 'SelftesterSchedule', 'selftest-rule'],
  ['AWS::SQS::Queue', 'TrailUndecidedObjects', 'https://sqs/undecided'],
  ['AWS::DynamoDB::Table', 'TablesAlerts', 'alerts'],
  ['AWS::DynamoDB::Table', 'TablesState', 'state'],
  ['AWS::SNS::Topic', 'Alerts', 'arn:aws:sns:eu-west-3:123456789012:alerts'],
  ['AWS::SNS::Topic', 'AlarmNotices', 'arn:aws:sns:eu-west-3:123456789012:alarms'],
  ['AWS::Chatbot::SlackChannelConfiguration', 'Slack', 'slack'],
];

/** A deployed stack and the answers of AWS about it, for one check at a time. */
export class CheckBench {
  private constructor(readonly aws: LoopbackAws) {}

  /** AWS refuses every operation that a test does not answer. */
  static async start(): Promise<CheckBench> {
    return new CheckBench((await LoopbackAws.start()).refuseOthers());
  }

  on(operation: string, output: unknown): this {
    const answer: Answer = typeof output === 'function' ? (output as Answer) : () => output;
    this.aws.on(operation, answer);
    return this;
  }

  /** What a check finds in the stack, or in one without the resources of some logical ids. */
  async run(check: Check, without: readonly string[] = []): Promise<CheckResult> {
    const [result] = await runChecks([check], stackWithout(without), async () => {});
    if (result === undefined) throw new Error('the check has no result');
    return result;
  }

  stop(): Promise<void> {
    return this.aws.stop();
  }
}

function stackWithout(without: readonly string[]): DeployedStack {
  const summaries = resources
    .filter(([, logicalId]) => !without.includes(logicalId))
    .map(([ResourceType, logicalId, PhysicalResourceId]) => ({
      ResourceType,
      LogicalResourceId: `${logicalId}0123ABCD`,
      PhysicalResourceId,
      LastUpdatedTimestamp: undefined,
      ResourceStatus: undefined,
    }));
  return deployedStack('Layerwatch', summaries);
}

/** The check of a list with this name. */
export function checkNamed(checks: readonly Check[], name: string): Check {
  const found = checks.find((check) => check.name === name);
  if (found === undefined) throw new Error(`there is no check ${name}`);
  return found;
}
