import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { LambdaClient, UpdateFunctionConfigurationCommand } from '@aws-sdk/client-lambda';
import { Emulator } from '../../scripts/cloud/emulator';
import { projectFolder } from '../cli/run-layerwatch';
import { describeWith } from '../harness/tools';

const patienceMilliseconds = 120_000;

/** `npm run cloud`, in a terminal. */
class CloudCommand {
  private shown = '';

  private constructor(readonly child: ChildProcess) {
    for (const stream of [child.stdout, child.stderr])
      stream?.on('data', (chunk) => {
        this.shown += String(chunk);
      });
  }

  static start(...options: readonly string[]): CloudCommand {
    const words = ['--no-warnings', '--import', 'tsx', join('scripts', 'cloud.ts'), ...options];
    return new CloudCommand(spawn(process.execPath, words, { cwd: projectFolder }));
  }

  async until(pattern: RegExp): Promise<RegExpExecArray> {
    const deadline = Date.now() + patienceMilliseconds;
    for (;;) {
      const found = pattern.exec(this.shown);
      if (found !== null) return found;
      if (Date.now() > deadline || this.child.exitCode !== null)
        throw new Error(`${pattern} is not in what was shown:\n${this.shown}`);
      await sleep(50);
    }
  }

  async end(): Promise<{ readonly exitCode: number | null; readonly shown: string }> {
    if (this.child.exitCode === null && this.child.signalCode === null) await once(this.child, 'close');
    return { exitCode: this.child.exitCode, shown: this.shown };
  }
}

async function isAnswering(endpoint: string): Promise<boolean> {
  return fetch(`${endpoint}/_ministack/health`).then(
    () => true,
    () => false,
  );
}

async function untilSilent(endpoint: string): Promise<void> {
  const deadline = Date.now() + patienceMilliseconds;
  while (await isAnswering(endpoint)) {
    if (Date.now() > deadline) throw new Error(`${endpoint} still answers`);
    await sleep(100);
  }
}

describeWith(['python3'], 'npm run cloud', () => {
  test('given a call with the printed environment, then its message is printed, and Ctrl-C takes everything down', async () => {
    const command = CloudCommand.start('--port', '0');
    const [, pasted = ''] = await command.until(/export (AWS_ENDPOINT_URL=.+)/);
    const variables = new Map(
      pasted.split(' ').map((pair) => [pair.split('=')[0], pair.split('=').slice(1).join('=')]),
    );
    const [, layers = ''] = await command.until(/--layers (.+)/);
    await command.until(/Ctrl-C takes everything down/);
    const endpoint = variables.get('AWS_ENDPOINT_URL') ?? '';
    const credentials = {
      accessKeyId: variables.get('AWS_ACCESS_KEY_ID') ?? '',
      secretAccessKey: variables.get('AWS_SECRET_ACCESS_KEY') ?? '',
    };
    const client = new LambdaClient({ endpoint, region: variables.get('AWS_REGION') ?? '', credentials });
    await client.send(
      new UpdateFunctionConfigurationCommand({ FunctionName: 'payments', Layers: layers.split(' ') }),
    );
    await command.until(/CRITICAL: unknown layer on payments/);
    command.child.kill('SIGINT');
    expect(await command.end()).toMatchObject({
      exitCode: 0,
      shown: expect.stringMatching(/everything is taken down\n$/),
    });
    expect(await isAnswering(endpoint)).toBe(false);
  });

  test('given a port that is in use, then it says so in one sentence', async () => {
    const server = createServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
    const address = server.address();
    const port = typeof address === 'object' ? address?.port : undefined;
    const ended = await CloudCommand.start('--port', String(port)).end();
    server.close();
    expect(ended).toEqual({
      exitCode: 1,
      shown: `port ${port} cannot be used; pass another with --port\n`,
    });
  });

  test('given a command that is killed, then the emulator ends as well', async () => {
    const command = CloudCommand.start('--port', '0');
    const [, endpoint = ''] = await command.until(/AWS at (http:\S+)/);
    command.child.kill('SIGKILL');
    await untilSilent(endpoint);
  });
});

describeWith(['python3'], 'the emulator', () => {
  test('given an emulator that is killed, then its problem is a sentence, and stop still cleans up', async () => {
    const emulator = await Emulator.start({ port: 0, region: 'eu-west-3' });
    const ended = new Promise<void>((resolve) => emulator.onEnd(resolve));
    process.kill(emulator.processId, 'SIGKILL');
    await ended;
    expect(emulator.problem).toMatch(/^the emulated cloud ended \(SIGKILL\); the end of its log:\n/);
    await emulator.stop();
    expect(existsSync(emulator.folder)).toBe(false);
  });
});
