import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { makeLogs } from './make-logs';
import { median } from './median';

const textBytes = 1_000_000_000;
const runs = 5;

const projectFolder = join(__dirname, '..', '..');

const zcat = 'zcat "$0"/*.json.gz > /dev/null';

/** What a person would type to find the same records. */
const zcatAndJq = `zcat "$0"/*.json.gz | jq -c '.Records[] | select(.eventSource == "lambda.amazonaws.com"
  and (.eventName | startswith("PublishLayerVersion") or startswith("UpdateFunctionConfiguration")))' > /dev/null`;

/** Compares a replay of 1 GB of logs with zcat and with zcat | jq over the same files, in turns; prints ratios. */
export function benchReplay(): void {
  const folder = mkdtempSync(join(tmpdir(), 'layerwatch-bench-'));
  try {
    const made = makeLogs(folder, textBytes);
    const turns = Array.from({ length: runs }, () => turn(folder));
    const ratio = (other: 'zcat' | 'jq') => median(turns.map((each) => each[other] / each.replay));
    const megabytes = Math.max(...turns.map((each) => each.peakMegabytes));
    console.log(
      `replay: ${made.records} records in ${made.files} gzip files, ${Math.round(made.textBytes / 1e6)} MB of text, one match in 100,000`,
    );
    console.log(
      `replay: ${ratio('zcat').toFixed(1)} times as fast as zcat to nothing (median of ${runs} turns; at least 1)`,
    );
    console.log(
      `replay: ${ratio('jq').toFixed(1)} times as fast as zcat | jq (median of ${runs} turns; at least 4)`,
    );
    console.log(`replay: ${megabytes} MB of memory at most (limit 300)`);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

interface Turn {
  readonly replay: number;
  readonly zcat: number;
  readonly jq: number;
  readonly peakMegabytes: number;
}

function turn(folder: string): Turn {
  const replay = timed(process.execPath, [
    '--require',
    join(__dirname, 'print-peak-memory.cjs'),
    join(projectFolder, 'bin', 'layerwatch.cjs'),
    'replay',
    '--json',
    folder,
  ]);
  return {
    replay: replay.milliseconds,
    zcat: timed('sh', ['-c', zcat, folder]).milliseconds,
    jq: timed('sh', ['-c', zcatAndJq, folder]).milliseconds,
    peakMegabytes: Math.round(Number(/peak kilobytes: (\d+)/.exec(replay.stderr)?.[1]) / 1_000),
  };
}

function timed(
  command: string,
  args: readonly string[],
): { readonly milliseconds: number; readonly stderr: string } {
  const startedAt = performance.now();
  const ran = spawnSync(command, args, {
    stdio: ['ignore', 'ignore', 'pipe'],
    encoding: 'utf8',
    cwd: tmpdir(),
  });
  if (ran.status !== 0) throw new Error(`${command} failed: ${ran.stderr}`, { cause: ran.error });
  return { milliseconds: performance.now() - startedAt, stderr: ran.stderr };
}
