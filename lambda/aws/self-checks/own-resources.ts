import type { OwnResources } from '../../detection/outside-patterns';
import type { StackResources } from '../stack-resources';

/** Where a stack is, and what its list of resources does not say. */
export interface StackFacts {
  readonly stackName: string;
  readonly partition: string;
  readonly region: string;
  readonly account: string;
  /** ARN of the key that encrypts the stack's resources. */
  readonly keyArn?: string | undefined;
  /** ARNs of the topics of alerts, alarms and routes, in this order. */
  readonly topicArns: readonly string[];
}

const functionIds = ['Detector', 'Sweeper', 'LogReader', 'Selftester'] as const;
const ruleIds = [
  'LayerRule',
  'LayerRuleLifecycle',
  'LayerRuleTampering',
  'LayerRuleWorkflow',
  'SweeperSchedule',
  'SelftesterSchedule',
] as const;
const queueIds = ['QueuesUndeliveredEvents', 'QueuesFailedEvents', 'TrailObjects', 'TrailUndecidedObjects'];

/** Physical names of what the stack has made, as its own patterns name it. */
export function ownResourcesOf(stack: StackResources, facts: StackFacts): OwnResources {
  const { stackName, partition, region, account, keyArn } = facts;
  const all = (type: string, ids: readonly string[]) => ids.flatMap((id) => stack.find(type, id) ?? []);
  const tables = all('AWS::DynamoDB::Table', ['TablesAlerts', 'TablesState']);
  return {
    functions: all('AWS::Lambda::Function', functionIds),
    rules: all('AWS::Events::Rule', ruleIds).map(lastPart),
    outsidePrefix: (outsideRuleName(stack, 'Trails') ?? '').replace(/Trails$/, ''),
    eventBuses: all('AWS::Events::EventBus', ['Hub']),
    topics: facts.topicArns,
    tables: tables.map((name) => ({
      name,
      arn: `arn:${partition}:dynamodb:${region}:${account}:table/${name}`,
    })),
    queues: all('AWS::SQS::Queue', queueIds).map(lastPart),
    roles: all(
      'AWS::IAM::Role',
      functionIds.map((id) => `${id}Role`),
    ),
    logGroups: all(
      'AWS::Logs::LogGroup',
      functionIds.map((id) => `${id}Logs`),
    ),
    alarmPrefix: `${stackName}-`,
    // The list of resources does not have the stack's id.
    stack: { name: stackName, id: stackName },
    key: keyArn === undefined ? undefined : { arn: keyArn, id: keyArn.split('/')[1] ?? '' },
  };
}

/** Name of a rule of `lib/constructs/outside-watch.ts`. */
export function outsideRuleName(stack: StackResources, id: string): string | undefined {
  const found = stack.find('AWS::Events::Rule', `Outside${id}`);
  return found === undefined ? undefined : lastPart(found);
}

/** A queue is known by its address, and a rule of a bus by the bus and its name. */
export function lastPart(physicalId: string): string {
  return physicalId.split(/[/|]/).at(-1) ?? physicalId;
}
