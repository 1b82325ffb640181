import { randomBytes } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { DisableRuleCommand, EnableRuleCommand, EventBridgeClient } from '@aws-sdk/client-eventbridge';
import { DeleteRolePolicyCommand, IAMClient, PutRolePolicyCommand } from '@aws-sdk/client-iam';
import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import { Cleanup } from '../../scripts/cloud/cleanup';
import { createTrail } from '../../scripts/cloud/trail';
import { policy } from '../../scripts/cloud/workload';
import type { CloudAdapter } from './cloud';

/** How long EventBridge and IAM usually take until a change of a rule, a policy or a key holds everywhere. */
const propagationMilliseconds = 60_000;

/**
 * A real account with Layerwatch deployed: the one that the environment's AWS variables name. It has to be one for tests, because the
 * stories stop the stack's parts for a while.
 */
export async function openLiveCloud(environment: NodeJS.ProcessEnv = process.env): Promise<CloudAdapter> {
  const region = environment['AWS_REGION'];
  if (region === undefined) throw new Error('set AWS_REGION to the region that Layerwatch is deployed in');
  const { Account: account = '' } = await new STSClient({}).send(new GetCallerIdentityCommand({}));
  const prefix = `layerwatch-story-${randomBytes(3).toString('hex')}-`;
  const cleanup = new Cleanup();
  const trail = `${prefix}trail`;
  await createTrail({ name: trail, bucket: `${prefix}logs-${account}` }, region, account, cleanup);
  return {
    account,
    region,
    environment: {},
    prefix,
    messageMilliseconds: 20 * 60_000,
    quietMilliseconds: 5 * 60_000,
    scheduleMilliseconds: 15 * 60_000,
    accessKeyMilliseconds: propagationMilliseconds,
    hurrySchedules: async () => {},
    trail,
    logs: `s3://${prefix}logs-${account}/AWSLogs/${account}`,
    logMilliseconds: 20 * 60_000,
    stackIsDisposable: false,
    recordsGlobalCalls: region === 'us-east-1',
    foreignLayer: async () => environment['LAYERWATCH_FOREIGN_LAYER'],
    loseEvents: async (stack, work) => {
      const Name = stack.physicalId('AWS::Events::Rule', 'LayerRule').split('/').at(-1) ?? '';
      const events = new EventBridgeClient({});
      await events.send(new DisableRuleCommand({ Name }));
      await sleep(propagationMilliseconds);
      await work().finally(() => events.send(new EnableRuleCommand({ Name })));
    },
    refuseNotifications: async (stack, work) => {
      const RoleName = stack.physicalId('AWS::IAM::Role', 'DetectorRole');
      const PolicyName = 'layerwatch-story';
      const PolicyDocument = policy({ Effect: 'Deny', Action: 'sns:Publish', Resource: '*' });
      const iam = new IAMClient({});
      await iam.send(new PutRolePolicyCommand({ RoleName, PolicyName, PolicyDocument }));
      await sleep(propagationMilliseconds);
      await work().finally(() => iam.send(new DeleteRolePolicyCommand({ RoleName, PolicyName })));
      await sleep(propagationMilliseconds);
    },
    deniedCalls: () => [],
    stop: async () => {
      const left = await cleanup.run();
      if (left.length > 0) throw new Error(`left in the account:\n${left.join('\n')}`);
    },
  };
}
