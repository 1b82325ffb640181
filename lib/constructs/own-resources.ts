import { Fn, Stack } from 'aws-cdk-lib';
import type * as events from 'aws-cdk-lib/aws-events';
import type * as kms from 'aws-cdk-lib/aws-kms';
import type * as sns from 'aws-cdk-lib/aws-sns';
import type { Construct } from 'constructs';
import { hubBusName } from '../../lambda/contract';
import type { OwnResources } from '../../lambda/detection/outside-patterns';
import type { AlertTables } from './alert-tables';
import type { DeadLetterQueues } from './dead-letter-queues';
import type { LayerwatchFunctions } from './functions';
import type { LayerRule } from './layer-rule';
import type { TrailQueues } from './trail-queues';

interface Parts {
  readonly functions: LayerwatchFunctions;
  readonly layerRule: LayerRule;
  readonly queues: DeadLetterQueues;
  /** Absent where no trail's bucket is read. */
  readonly trailQueues: TrailQueues | undefined;
  readonly tables: AlertTables;
  readonly topics: readonly sns.ITopic[];
  readonly encryptionKey: kms.IKey | undefined;
  /** Absent without an organization. */
  readonly hubBus: events.IEventBus | undefined;
}

/** Physical names of what the stack makes, as its patterns of calls on itself need them. */
export function ownResources(scope: Construct, parts: Parts): Omit<OwnResources, 'outsidePrefix'> {
  const { stackName, stackId } = Stack.of(scope);
  const { all: functions, schedules } = parts.functions;
  const deadLetters = [parts.queues.undeliveredEvents, parts.queues.failedEvents];
  const trail =
    parts.trailQueues === undefined ? [] : [parts.trailQueues.objects, parts.trailQueues.undecidedObjects];
  const rules = [...parts.layerRule.all, ...schedules].map(({ ruleName }) => ruleName);
  return {
    functions: functions.map(({ functionName }) => functionName),
    rules,
    eventBuses: parts.hubBus === undefined ? [] : [hubBusName(stackName)],
    topics: parts.topics.map(({ topicArn }) => topicArn),
    tables: [parts.tables.alerts, parts.tables.state].map(({ tableName, tableArn }) => ({
      name: tableName,
      arn: tableArn,
    })),
    queues: [...deadLetters, ...trail].map(({ queueName }) => queueName),
    roles: functions.flatMap(({ role }) => role?.roleName ?? []),
    logGroups: functions.map(({ logGroup }) => logGroup.logGroupName),
    alarmPrefix: `${stackName}-`,
    stack: { name: stackName, id: stackId },
    key: parts.encryptionKey && keyIdentity(parts.encryptionKey.keyArn),
  };
}

function keyIdentity(arn: string): NonNullable<OwnResources['key']> {
  return { arn, id: Fn.select(1, Fn.split('/', arn)) };
}
