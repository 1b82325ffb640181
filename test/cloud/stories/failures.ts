import { setTimeout as sleep } from 'node:timers/promises';
import {
  AddPermissionCommand,
  GetPolicyCommand,
  LambdaClient,
  RemovePermissionCommand,
} from '@aws-sdk/client-lambda';
import { notificationLeaseSeconds } from '../../../lambda/contract';
import type { Cloud } from '../cloud';

interface Outage {
  readonly functionName: string;
  readonly layer: string;
  readonly failedAt: number;
}

let outage: Promise<Outage> | undefined;

/** A layer that is put on while SNS accepts nothing, once for all stories. */
function outageOf(cloud: Cloud): Promise<Outage> {
  outage ??= causeOutage(cloud);
  return outage;
}

async function causeOutage(cloud: Cloud): Promise<Outage> {
  const { workload, adapter, stack } = cloud;
  const layer = await workload.publishLayer('refused-layer');
  const functionName = await workload.createFunction('refused');
  await adapter.refuseNotifications(stack, async () => {
    await workload.setLayers(functionName, [layer]);
    await untilWaiting(cloud, 'FailedEvents');
  });
  return { functionName, layer, failedAt: Date.now() };
}

interface WaitingEvent {
  readonly queue: string;
  readonly about: string;
}

/** Until a change of a function's configuration waits in a dead-letter queue. */
async function untilWaiting(cloud: Cloud, queue: string): Promise<void> {
  const deadline = Date.now() + cloud.adapter.messageMilliseconds;
  const isIt = (event: WaitingEvent): boolean =>
    event.queue === queue && event.about.startsWith('UpdateFunctionConfiguration');
  while (!(await waitingEvents(cloud)).some(isIt))
    if (Date.now() > deadline) throw new Error(`nothing came into the queue ${queue}`);
}

async function waitingEvents(cloud: Cloud): Promise<readonly WaitingEvent[]> {
  const { stdout } = await cloud.run('redrive', '--dry-run', '--json');
  return stdout.split('\n').flatMap((line) => (line === '' ? [] : [JSON.parse(line) as WaitingEvent]));
}

/** Early among the stories, so that the lease of the attempt that failed runs out during the others. */
export function outageStories(cloud: () => Cloud): void {
  test('given SNS that accepts nothing, then the event waits in the queue of failed events', async () => {
    const { functionName } = await outageOf(cloud());
    expect(await cloud().alerts(functionName)).toHaveLength(1);
    expect(await cloud().messagesAfterAWhile(functionName)).toEqual([]);
  });
}

/** What puts an outage right. */
export function redriveStories(cloud: () => Cloud): void {
  test('given events that failed, when SNS accepts again, then redrive notifies them', async () => {
    const { functionName, layer, failedAt } = await outageOf(cloud());
    // Nobody else notifies an alert before the lease of the attempt that failed has run out.
    await sleep(Math.max(0, failedAt + notificationLeaseSeconds * 1_000 - Date.now()));
    const ran = await cloud().run('redrive');
    expect(ran).toMatchObject({ exitCode: 0, stderr: expect.stringMatching(/failed=0 .*waiting=0/) });
    const { document } = await cloud().message(functionName);
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
    await untilWaiting(cloud(), 'UndeliveredEvents').finally(async () => {
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
