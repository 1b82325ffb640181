import { spawn } from 'node:child_process';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { freePort } from '../harness/emulator';
import { classPathOf } from './java';

const startMilliseconds = 60_000;

/** DynamoDB Local keeps its data in SQLite, whose library it finds by the name of the platform. */
const sqliteOfPlatform: Readonly<Record<string, string>> = {
  'linux-x64': 'linux-amd64',
  'linux-arm64': 'linux-aarch64',
  'darwin-x64': 'osx',
  'darwin-arm64': 'osx-arm64',
};

/** Starts Amazon's own DynamoDB for development, in memory. */
export async function startDynamoDbLocal(): Promise<{
  readonly endpoint: string;
  readonly stop: () => void;
}> {
  const port = await freePort();
  const classPath = classPathOf('dynamodb-local');
  const child = spawn(
    'java',
    [
      `-Dsqlite4java.library.path=${sqliteFolder(classPath)}`,
      '-classpath',
      classPath.join(':'),
      'software.amazon.dynamodb.services.local.main.ServerRunner',
      '-inMemory',
      '-port',
      String(port),
    ],
    // It leaves a file of its own where it runs.
    { stdio: 'ignore', cwd: mkdtempSync(join(tmpdir(), 'layerwatch-dynamodb-local-')) },
  );
  const endpoint = `http://localhost:${port}`;
  await untilAnswering(endpoint);
  return { endpoint, stop: () => void child.kill() };
}

function sqliteFolder(classPath: readonly string[]): string {
  const platform = sqliteOfPlatform[`${process.platform}-${process.arch}`] ?? 'unknown';
  const library = classPath.find((entry) => entry.includes(`libsqlite4java-${platform}/`));
  if (library === undefined)
    throw new Error(`DynamoDB Local has no library for ${process.platform} on ${process.arch}`);
  return dirname(library);
}

async function untilAnswering(endpoint: string): Promise<void> {
  const deadline = Date.now() + startMilliseconds;
  while (Date.now() < deadline) {
    const answered = await fetch(endpoint).catch(() => undefined);
    if (answered !== undefined) return;
    await sleep(200);
  }
  throw new Error(`DynamoDB Local did not answer within ${startMilliseconds} ms`);
}
