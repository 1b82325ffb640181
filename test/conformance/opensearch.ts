import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { freePort } from '../harness/emulator';
import { hasEnded, killAfterwards } from '../harness/processes';
import { temporaryFolder } from '../harness/temporary-folder';
import { waitUntil } from '../harness/wait-until';
import { classPathOf, javaProjectFolder } from './java';

/** Starts OpenSearch, which took over the mapping and the index templates of Elasticsearch. */
export async function startOpenSearch(): Promise<{ readonly endpoint: string }> {
  const [port, nodePort] = [await freePort(), await freePort()];
  const child = spawn(
    'java',
    [
      '-Xmx512m',
      '-classpath',
      classPathOf('opensearch').join(':'),
      join(javaProjectFolder('opensearch'), 'SearchServer.java'),
      temporaryFolder(),
      String(port),
      String(nodePort),
    ],
    { stdio: 'ignore' },
  );
  const endpoint = `http://127.0.0.1:${port}`;
  killAfterwards(child);
  await waitUntil({
    description: 'an answer of OpenSearch',
    found: () => fetch(endpoint).catch(() => undefined),
    givenUp: () => (hasEnded(child) ? 'it has ended' : undefined),
  });
  return { endpoint };
}
