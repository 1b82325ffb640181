import { CloudWatchClient, DeleteAlarmsCommand } from '@aws-sdk/client-cloudwatch';
import {
  DeleteRuleCommand,
  EventBridgeClient,
  ListTargetsByRuleCommand,
  RemoveTargetsCommand,
} from '@aws-sdk/client-eventbridge';
import { DeleteFunctionCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { DeleteQueueCommand, SQSClient } from '@aws-sdk/client-sqs';
import type { Tampering } from './tampering';

const events = new EventBridgeClient({});

async function deleteRule(Name: string): Promise<void> {
  const { Targets = [] } = await events.send(new ListTargetsByRuleCommand({ Rule: Name }));
  const Ids = Targets.map(({ Id }) => Id ?? '');
  await events.send(new RemoveTargetsCommand({ Rule: Name, Ids }));
  await events.send(new DeleteRuleCommand({ Name }));
}

/** What cannot be undone, for a stack that is thrown away afterwards; the detector and its topic are left. */
export const destructions: readonly Tampering[] = [
  {
    action: 'DeleteAlarms',
    attack: ({ alarm }) => new CloudWatchClient({}).send(new DeleteAlarmsCommand({ AlarmNames: [alarm] })),
  },
  {
    action: 'DeleteFunction',
    attack: ({ sweeper }) => new LambdaClient({}).send(new DeleteFunctionCommand({ FunctionName: sweeper })),
  },
  // After the deletion of a function, which the lifecycle rule hands over.
  { action: 'DeleteRule', attack: ({ lifecycleRule }) => deleteRule(lifecycleRule) },
  {
    action: 'DeleteQueue',
    attack: ({ undeliveredEventsUrl }) =>
      new SQSClient({ useQueueUrlAsEndpoint: false }).send(
        new DeleteQueueCommand({ QueueUrl: undeliveredEventsUrl }),
      ),
  },
];
