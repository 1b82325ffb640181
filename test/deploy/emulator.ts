import { type ChildProcess, spawn } from 'node:child_process';
import { createServer } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';

export interface Emulator {
  readonly endpoint: string;
  /** From now on every call is checked against the caller's policies. */
  readonly enforcePolicies: () => Promise<void>;
  readonly stop: () => void;
}

const startMilliseconds = 60_000;

/** Starts moto's server. It is bound and addressed as `localhost`, because the CDK command line refuses other hosts. */
export async function startEmulator(): Promise<Emulator> {
  const port = await freePort();
  const child = spawn('moto_server', ['-H', 'localhost', '-p', String(port)], { stdio: 'ignore' });
  const endpoint = `http://localhost:${port}`;
  await untilAnswering(endpoint, child);
  const enforcePolicies = async (): Promise<void> => {
    const response = await fetch(`${endpoint}/moto-api/reset-auth`, { method: 'POST', body: '0' });
    if (!response.ok) throw new Error(`the emulator does not enforce policies: ${response.status}`);
  };
  return { endpoint, enforcePolicies, stop: () => void child.kill() };
}

async function untilAnswering(endpoint: string, child: ChildProcess): Promise<void> {
  let failure: Error | undefined;
  child.once('error', (error) => {
    failure = new Error('moto_server does not start; install it with: pip install "moto[server]"', {
      cause: error,
    });
  });
  const deadline = Date.now() + startMilliseconds;
  while (Date.now() < deadline) {
    if (failure !== undefined) throw failure;
    if (await answers(endpoint)) return;
    await sleep(200);
  }
  throw new Error(`moto_server did not answer within ${startMilliseconds} ms`);
}

async function answers(endpoint: string): Promise<boolean> {
  try {
    return (await fetch(`${endpoint}/moto-api/`)).ok;
  } catch {
    return false;
  }
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, 'localhost', () => {
      const address = server.address();
      const port = typeof address === 'object' && address !== null ? address.port : 0;
      server.close(() => resolve(port));
    });
  });
}
