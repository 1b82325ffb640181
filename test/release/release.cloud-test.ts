import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ListSubscriptionsCommand, SNSClient } from '@aws-sdk/client-sns';
import { stackName, stackOutput } from '../../lambda/contract';
import { Cleanup } from '../../scripts/cloud/cleanup';
import { Emulator } from '../../scripts/cloud/emulator';
import { publishForeignLayer } from '../../scripts/cloud/foreign-layer';
import { Inbox } from '../../scripts/cloud/inbox';
import { runCommand } from '../../scripts/cloud/run-command';
import { outputOf } from '../../scripts/cloud/stack-output';
import { createTrail } from '../../scripts/cloud/trail';
import { Workload } from '../../scripts/cloud/workload';
import { projectFolder } from '../cli/run-layerwatch';
import { temporaryFolder } from '../harness/temporary-folder';
import { describeWith } from '../harness/tools';

const region = 'eu-west-3';
const bucket = 'audit-logs';
const tsx = join(projectFolder, 'node_modules', 'tsx', 'dist', 'cli.mjs');

describeWith(['python3', 'aws'], 'a release that the AWS CLI deploys', () => {
  let emulator: Emulator;
  let folder: string;

  beforeAll(async () => {
    folder = join(temporaryFolder(), 'release');
    const config = join(temporaryFolder(), 'layerwatch.config.json');
    writeFileSync(config, JSON.stringify({ retentionDays: 30 }));
    await succeed(process.execPath, [
      tsx,
      join('scripts', 'release.ts'),
      '--out',
      folder,
      '--config',
      config,
    ]);
    emulator = await Emulator.start({ port: 0, region });
    Object.assign(process.env, emulator.environment());
    await createTrail({ name: 'audit', bucket }, region, emulator.account, new Cleanup());
    await succeed(join(folder, 'deploy.sh'), [bucket, 'you@example.com']);
  });
  afterAll(() => emulator?.stop());

  test('given a layer of an unknown account on a function, then a message comes', async () => {
    const inbox = await Inbox.subscribe(
      await outputOf(stackName, stackOutput.alertTopicArn),
      'subscriber',
      new Cleanup(),
    );
    const workload = new Workload('', new Cleanup());
    const payments = await workload.createFunction('payments', [await workload.publishLayer('base')]);
    await workload.setLayers(payments, [await publishForeignLayer(emulator, 'boto-utils')]);
    const [message] = await inbox.until(
      payments,
      (document) => document.layerwatch.target.name === payments,
      { count: 1, timeoutMilliseconds: 60_000 },
    );
    expect(message?.document.layerwatch.change.kind).toBe('added');
  });

  test('given an address, then it is subscribed to the alerts', async () => {
    const { Subscriptions = [] } = await new SNSClient({}).send(new ListSubscriptionsCommand({}));
    expect(Subscriptions.map(({ Endpoint }) => Endpoint)).toContain('you@example.com');
  });

  test('given the same release again, then deploy.sh ends well', async () => {
    await succeed(join(folder, 'deploy.sh'), [bucket, 'you@example.com']);
  });

  test('given no bucket, then deploy.sh shows its usage', async () => {
    const { exitCode, output } = await runCommand(join(folder, 'deploy.sh'), []);
    expect([exitCode, output]).toEqual([2, expect.stringMatching(/^usage: deploy\.sh CODE_BUCKET EMAIL/)]);
  });

  test('given the template, then it needs no bootstrap of the CDK', () => {
    expect(readFileSync(join(folder, `${stackName}.template.json`), 'utf8')).not.toMatch(/cdk-hnb659fds/);
  });
});

/** Shows what a command printed where it failed. */
async function succeed(command: string, words: readonly string[]): Promise<void> {
  const { exitCode, output } = await runCommand(command, words, { cwd: projectFolder, env: process.env });
  expect([exitCode, exitCode === 0 ? '' : output]).toEqual([0, '']);
}
