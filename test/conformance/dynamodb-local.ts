import { spawn } from 'node:child_process';
import { dirname } from 'node:path';
import { freePort } from '../harness/emulator';
import { hasEnded, killAfterwards } from '../harness/processes';
import { temporaryFolder } from '../harness/temporary-folder';
import { waitUntil } from '../harness/wait-until';
import { classPathOf } from './java';

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
  readonly stop: () => Promise<void>;
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
    { stdio: 'ignore', cwd: temporaryFolder() },
  );
  const endpoint = `http://localhost:${port}`;
  const stop = killAfterwards(child);
  await waitUntil({
    description: 'an answer of DynamoDB Local',
    found: () => fetch(endpoint).catch(() => undefined),
    givenUp: () => (hasEnded(child) ? 'it has ended' : undefined),
  });
  return { endpoint, stop };
}

function sqliteFolder(classPath: readonly string[]): string {
  const platform = sqliteOfPlatform[`${process.platform}-${process.arch}`] ?? 'unknown';
  const library = classPath.find((entry) => entry.includes(`libsqlite4java-${platform}/`));
  if (library === undefined)
    throw new Error(`DynamoDB Local has no library for ${process.platform} on ${process.arch}`);
  return dirname(library);
}
