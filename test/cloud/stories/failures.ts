import { setTimeout as sleep } from 'node:timers/promises';
import {
  AddPermissionCommand,
  GetPolicyCommand,
  LambdaClient,
  RemovePermissionCommand,
} from '@aws-sdk/client-lambda';
import { GetQueueAttributesCommand, SQSClient } from '@aws-sdk/client-sqs';
import { notificationLeaseSeconds } from '../../../lambda/contract';
import type { Cloud } from '../cloud';

/** Outages on the way of an event, and what puts them right. */
export function failureStories(cloud: () => Cloud): void {
  async function waiting(queue: string): Promise<number> {
    const QueueUrl = cloud().stack.physicalId('AWS::SQS::Queue', queue);
    const { Attributes } = await new SQSClient({ useQueueUrlAsEndpoint: false }).send(
      new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ['ApproximateNumberOfMessages'] }),
    );
    return Number(Attributes?.['ApproximateNumberOfMessages'] ?? 0);
  }

  async function untilWaiting(queue: string): Promise<void> {
    const deadline = Date.now() + cloud().adapter.messageMilliseconds;
    while ((await waiting(queue)) === 0) {
      if (Date.now() > deadline) throw new Error(`nothing came into the queue ${queue}`);
      await sleep(200);
    }
  }

  test('given SNS that accepts nothing, then the event waits in the queue, and redrive notifies it later', async () => {
    const { workload, adapter, stack } = cloud();
    const layer = await workload.publishLayer('refused-layer');
    const name = await workload.createFunction('refused');
    await adapter.refuseNotifications(stack, async () => {
      await workload.setLayers(name, [layer]);
      await untilWaiting('QueuesFailedEvents');
    });
    // Nobody else notifies an alert before the lease of the attempt that failed has run out.
    await sleep(notificationLeaseSeconds * 1_000);
    const ran = await cloud().run('redrive');
    expect(ran).toMatchObject({ exitCode: 0, stderr: expect.stringMatching(/failed=0 .*waiting=0/) });
    const { document } = await cloud().message(name);
    expect(document.layerwatch.change.after).toEqual([layer]);
  });

  test('given a detector that EventBridge may not invoke, then the event waits, and redrive notifies it later', async () => {
    const { workload } = cloud();
    const lambda = new LambdaClient({});
    const FunctionName = cloud().functionNamed('Detector');
    const layer = await workload.publishLayer('unhanded-layer');
    const name = await workload.createFunction('unhanded');
    const permissions = await permissionsOf(lambda, FunctionName);
    for (const { Sid } of permissions)
      await lambda.send(new RemovePermissionCommand({ FunctionName, StatementId: Sid }));
    await workload.setLayers(name, [layer]);
    await untilWaiting('QueuesUndeliveredEvents').finally(async () => {
      for (const { Sid, SourceArn } of permissions)
        await lambda.send(
          new AddPermissionCommand({
            FunctionName,
            StatementId: Sid,
            SourceArn,
            Action: 'lambda:InvokeFunction',
            Principal: 'events.amazonaws.com',
          }),
        );
    });
    expect((await cloud().run('redrive')).exitCode).toBe(0);
    await cloud().message(name);
  });
}

interface Permission {
  readonly Sid: string;
  readonly SourceArn: string;
}

async function permissionsOf(lambda: LambdaClient, FunctionName: string): Promise<readonly Permission[]> {
  const { Policy = '{}' } = await lambda.send(new GetPolicyCommand({ FunctionName }));
  const { Statement } = JSON.parse(Policy) as {
    readonly Statement: readonly {
      readonly Sid: string;
      readonly Condition: { readonly ArnLike: Record<string, string> };
    }[];
  };
  return Statement.map(({ Sid, Condition }) => ({
    Sid,
    SourceArn: Condition.ArnLike['AWS:SourceArn'] ?? '',
  }));
}
