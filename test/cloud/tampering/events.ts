import {
  DescribeRuleCommand,
  DisableRuleCommand,
  EnableRuleCommand,
  EventBridgeClient,
  ListTargetsByRuleCommand,
  PutRuleCommand,
  PutTargetsCommand,
  RemoveTargetsCommand,
  type Target,
} from '@aws-sdk/client-eventbridge';
import type { Tampering } from './tampering';

const events = new EventBridgeClient({});
let removed: readonly Target[] = [];

async function targetsOf(Rule: string): Promise<Target[]> {
  const { Targets = [] } = await events.send(new ListTargetsByRuleCommand({ Rule }));
  return Targets;
}

async function removeTargets(Rule: string): Promise<void> {
  removed = await targetsOf(Rule);
  const Ids = removed.map(({ Id }) => Id ?? '');
  await events.send(new RemoveTargetsCommand({ Rule, Ids }));
}

async function putRuleAgain(Name: string): Promise<void> {
  const { EventPattern } = await events.send(new DescribeRuleCommand({ Name }));
  await events.send(new PutRuleCommand({ Name, EventPattern }));
}

export const eventsTamperings: readonly Tampering[] = [
  {
    action: 'DisableRule',
    attack: ({ scheduleRule }) => events.send(new DisableRuleCommand({ Name: scheduleRule })),
    repair: ({ scheduleRule }) => events.send(new EnableRuleCommand({ Name: scheduleRule })),
  },
  {
    action: 'RemoveTargets',
    attack: ({ lifecycleRule }) => removeTargets(lifecycleRule),
    repair: ({ lifecycleRule }) =>
      events.send(new PutTargetsCommand({ Rule: lifecycleRule, Targets: [...removed] })),
  },
  {
    action: 'PutRule',
    attack: ({ lifecycleRule }) => putRuleAgain(lifecycleRule),
  },
  {
    action: 'PutTargets',
    attack: async ({ lifecycleRule }) =>
      events.send(new PutTargetsCommand({ Rule: lifecycleRule, Targets: await targetsOf(lifecycleRule) })),
  },
];
