import { type ChildProcess, spawn } from 'node:child_process';
import { closeSync, mkdtempSync, openSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { installPython } from '../python/install';
import { CloudError } from './errors';
import { lastLines } from './run-command';

/** What a test may ask of the cloud beside AWS's own APIs; `scripts/cloud/emulator/controls.py` says what each does. */
export interface Controls {
  readonly events: 'deliver' | 'drop' | 'hold';
  readonly holdHistory: boolean;
  readonly refusedActions: readonly string[];
  readonly scheduleSeconds: number | null;
}

export interface EmulatorOptions {
  /** 0 takes a free one. */
  readonly port: number;
  readonly region: string;
  readonly onInstalling?: () => void;
}

/** 12 digits, as AWS's documentation uses them; also the access key id of the account's root. */
const account = '111122223333';
const secretKey = 'emulated';
const startMilliseconds = 60_000;

const packages = {
  name: 'emulator',
  requirements: join(__dirname, 'emulator', 'requirements.txt'),
};

/** A cloud in a process of its own, with everything in memory. It ends with this process, however that ends. */
export class Emulator {
  readonly account = account;

  private constructor(
    private readonly child: ChildProcess,
    readonly endpoint: string,
    readonly region: string,
    /** For what the emulator, the functions and the command lines write; removed by `stop`. */
    readonly folder: string,
  ) {}

  /**
   * @throws {PythonError} where it cannot be installed
   * @throws {CloudError} where it cannot be started, or the port is in use
   */
  static async start({ port, region, onInstalling }: EmulatorOptions): Promise<Emulator> {
    const python = await installPython(packages, onInstalling);
    const freePort = await findPort(port);
    const folder = mkdtempSync(join(tmpdir(), 'layerwatch-cloud-'));
    const child = startLauncher(python, freePort, region, folder);
    const emulator = new Emulator(child, `http://localhost:${freePort}`, region, folder);
    try {
      await emulator.untilReady();
      return emulator;
    } catch (error) {
      await emulator.stop();
      throw error;
    }
  }

  /** Environment of every AWS client: of the account's root, or with the key of somebody else. */
  environment(credentials?: { readonly accessKeyId: string; readonly secretAccessKey: string }) {
    return {
      AWS_ENDPOINT_URL: this.endpoint,
      AWS_REGION: this.region,
      AWS_DEFAULT_REGION: this.region,
      AWS_ACCESS_KEY_ID: credentials?.accessKeyId ?? account,
      AWS_SECRET_ACCESS_KEY: credentials?.secretAccessKey ?? secretKey,
    };
  }

  async control(controls: Partial<Controls>): Promise<Controls> {
    const response = await fetch(`${this.endpoint}/_layerwatch/controls`, {
      method: 'POST',
      body: JSON.stringify(controls),
    });
    const answer = (await response.json()) as Controls & { message?: string };
    if (!response.ok) throw new CloudError(`the emulator refuses a control: ${answer.message}`);
    return answer;
  }

  /** A sentence with the end of the log once the emulator has ended, `undefined` while it runs. */
  get problem(): string | undefined {
    const { exitCode, signalCode } = this.child;
    if (exitCode === null && signalCode === null) return undefined;
    return `the emulated cloud ended (${signalCode ?? exitCode}); the end of its log:\n${lastLines(this.log, 10)}`;
  }

  get processId(): number {
    return this.child.pid ?? 0;
  }

  get log(): string {
    return readFileSync(logFile(this.folder), 'utf8');
  }

  onEnd(listener: () => void): void {
    this.child.once('exit', listener);
  }

  /** Ends the emulator and its functions, and removes its folder. */
  async stop(): Promise<void> {
    if (this.problem === undefined) {
      const ended = new Promise((resolve) => this.child.once('exit', resolve));
      this.child.stdin?.end();
      await Promise.race([ended, sleep(10_000, undefined, { ref: false })]);
      this.child.kill('SIGKILL');
    }
    rmSync(this.folder, { recursive: true, force: true, maxRetries: 5 });
  }

  private async untilReady(): Promise<void> {
    const deadline = Date.now() + startMilliseconds;
    while (Date.now() < deadline) {
      if (this.problem !== undefined) throw new CloudError(this.problem);
      if (await answers(`${this.endpoint}/_ministack/ready`)) return;
      await sleep(50);
    }
    throw new CloudError(`the emulated cloud did not answer within ${startMilliseconds} ms`);
  }
}

function startLauncher(python: string, port: number, region: string, folder: string): ChildProcess {
  const log = openSync(logFile(folder), 'w');
  const options = { port, account, region, 'secret-key': secretKey, folder };
  const words = Object.entries(options).flatMap(([name, value]) => [`--${name}`, String(value)]);
  const child = spawn(python, [join(__dirname, 'emulator', 'launcher.py'), ...words], {
    // Functions inherit it, so it has nothing of this process but the PATH, where their runtimes are.
    env: { PATH: process.env['PATH'], HOME: folder, PYTHONDONTWRITEBYTECODE: '1' },
    stdio: ['pipe', log, log],
    // Ctrl-C of a terminal goes to the whole group; the emulator ends after what uses it.
    detached: true,
  });
  closeSync(log);
  return child;
}

function logFile(folder: string): string {
  return join(folder, 'emulator.log');
}

async function answers(address: string): Promise<boolean> {
  try {
    return (await fetch(address)).ok;
  } catch {
    return false;
  }
}

function findPort(wanted: number): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', (cause) =>
      reject(new CloudError(`port ${wanted} cannot be used; pass another with --port`, { cause })),
    );
    server.listen(wanted, '127.0.0.1', () => {
      const address = server.address();
      const port = typeof address === 'object' && address !== null ? address.port : wanted;
      server.close(() => resolve(port));
    });
  });
}
