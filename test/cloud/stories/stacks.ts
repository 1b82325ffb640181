import { setTimeout } from 'node:timers/promises';
import {
  CloudFormationClient,
  CreateStackCommand,
  DeleteStackCommand,
  UpdateStackCommand,
  waitUntilStackCreateComplete,
  waitUntilStackUpdateComplete,
} from '@aws-sdk/client-cloudformation';
import type { Cloud } from '../cloud';

const maxWaitTime = 120;

/** Deployments of functions by CloudFormation, which sends a function's whole configuration at each change. */
export function stackStories(cloud: () => Cloud): void {
  const client = new CloudFormationClient({});

  test('given a stack that puts a layer on its function, then that is notified, and a later change of memory is not', async () => {
    const { workload, cleanup } = cloud();
    const layer = await workload.publishLayer('stack-layer');
    const name = workload.name('stack');
    const roleArn = await workload.role();
    const body = (MemorySize: number, Layers: readonly string[]) =>
      template(name, roleArn, { MemorySize, Layers });
    await client.send(new CreateStackCommand({ StackName: name, TemplateBody: body(128, []) }));
    cleanup.add(`stack ${name}`, () => client.send(new DeleteStackCommand({ StackName: name })));
    await waitUntilStackCreateComplete({ client, maxWaitTime }, { StackName: name });
    // Lambda makes a function in more than a second; what the emulator does within one second has no order.
    await setTimeout(1_000);
    await update(name, body(128, [layer]));
    const { document } = await cloud().message(name);
    expect(document.layerwatch.change.after).toEqual([layer]);
    expect(document.source.address).toBe('cloudformation.amazonaws.com');
    await update(name, body(256, [layer]));
    await cloud().alert(name, ({ layerwatch }) => layerwatch.occurrences === 2);
    expect(await cloud().messagesAfterAWhile(name)).toHaveLength(1);
  });

  async function update(StackName: string, TemplateBody: string): Promise<void> {
    await client.send(new UpdateStackCommand({ StackName, TemplateBody }));
    await waitUntilStackUpdateComplete({ client, maxWaitTime }, { StackName });
  }
}

function template(FunctionName: string, Role: string, properties: Readonly<Record<string, unknown>>): string {
  const Code = { ZipFile: 'def handler(event, context):\n    return "ok"\n' };
  const own = { FunctionName, Runtime: 'python3.13', Handler: 'index.handler', Role, Code };
  return JSON.stringify({
    Resources: { Function: { Type: 'AWS::Lambda::Function', Properties: { ...own, ...properties } } },
  });
}
