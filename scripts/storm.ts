import { spawnSync } from 'node:child_process';
import {
  closeSync,
  createWriteStream,
  mkdtempSync,
  openSync,
  readdirSync,
  readFileSync,
  rmSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import { LevelAlertStore } from '../cli/embedded/level-alert-store';
import { openDatabase } from '../cli/embedded/open-database';
import { plainTable } from '../cli/output/table';
import type { FindingDocument } from '../lambda/detection/finding-document';
import { defaultDetectionSettings } from '../lambda/detection/settings';
import { sendDigest } from '../lambda/sweep/withheld-digest';
import { keyUnitsTable } from './storm/key-units';
import { expectedCounts, stormRecords, stormSizes } from './storm/records';

const root = join(__dirname, '..');
const sizes = process.argv.slice(2).map(Number);

/** The replay's heap has this limit whatever the size of the storm, so that nothing can pile up unseen. */
const heapMegabytes = 128;

interface Storm {
  readonly records: number;
  readonly seconds: number;
  readonly megabytes: number;
  readonly alerts: number;
  readonly wrongCounts: number;
  readonly notified: number;
  readonly withheld: number;
  readonly maxInOneWindow: number;
  readonly digested: number;
}

/** Runs storms of growing size through the embedded stack in a process of its own, and checks what came out. */
async function storms(): Promise<void> {
  const rows: (string | number)[][] = [];
  const chosen = sizes.length > 0 ? sizes : stormSizes;
  for (const size of chosen) {
    const storm = await runStorm(size);
    rows.push([
      storm.records,
      storm.seconds.toFixed(1),
      Math.round((storm.seconds / size) * 1e6),
      storm.megabytes,
      storm.alerts,
      storm.wrongCounts,
      storm.notified,
      storm.maxInOneWindow,
      storm.withheld,
      storm.digested,
    ]);
  }
  console.log(
    plainTable(
      [
        'records',
        'seconds',
        'µs a record',
        'MB at most',
        'alerts',
        'wrong counts',
        'notified',
        'most in 10 min',
        'withheld',
        'in digests',
      ],
      rows,
    ),
  );
  console.log(`\n${keyUnitsTable(chosen)}`);
}

async function runStorm(records: number): Promise<Storm> {
  const folder = mkdtempSync(join(tmpdir(), 'layerwatch-storm-'));
  try {
    const [log, state, messages] = ['storm.json.gz', 'state', 'messages'].map((name) => join(folder, name));
    await writeLog(log ?? '', records);
    const started = performance.now();
    const ran = replay([log ?? '', '--json', '--state', state ?? '', '--messages', messages ?? ''], folder);
    const seconds = (performance.now() - started) / 1_000;
    const documents = readFileSync(join(folder, 'findings.ndjson'), 'utf8').trim().split('\n');
    const { alerts, wrongCounts } = compare(documents, expectedCounts(records));
    return {
      records,
      seconds,
      megabytes: ran.megabytes,
      alerts,
      wrongCounts,
      notified: ran.summary['notified'] ?? 0,
      withheld: ran.summary['withheld'] ?? 0,
      maxInOneWindow: maxInOneWindow(messages ?? ''),
      digested: await digest(state ?? ''),
    };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

async function writeLog(file: string, records: number): Promise<void> {
  const lines = function* () {
    for (const record of stormRecords(records)) yield `${JSON.stringify(record)}\n`;
  };
  await pipeline(Readable.from(lines()), createGzip(), createWriteStream(file));
}

/** The findings go into a file of the folder; the summary is the last line but one on stderr. */
function replay(
  args: readonly string[],
  folder: string,
): { readonly megabytes: number; readonly summary: Readonly<Record<string, number>> } {
  const findings = openSync(join(folder, 'findings.ndjson'), 'w');
  const usage = join(root, 'scripts', 'bench', 'print-usage.cjs');
  const command = [
    `--max-old-space-size=${heapMegabytes}`,
    '--require',
    usage,
    join(root, 'bin', 'layerwatch.cjs'),
    'replay',
    ...args,
  ];
  const ran = spawnSync(process.execPath, command, {
    cwd: folder,
    encoding: 'utf8',
    stdio: ['ignore', findings, 'pipe'],
  });
  closeSync(findings);
  if (ran.status !== 0) throw new Error(`the replay failed: ${ran.stderr}`);
  const pairs = [...ran.stderr.matchAll(/([a-z]+)=(\d+)/g)].map(([, name = '', value]) => [
    name,
    Number(value),
  ]);
  return {
    megabytes: Math.round(Number(/peak kilobytes: (\d+)/.exec(ran.stderr)?.[1]) / 1_000),
    summary: Object.fromEntries(pairs),
  };
}

function compare(documents: readonly string[], expected: ReadonlyMap<string, number>) {
  let wrongCounts = 0;
  for (const line of documents) {
    const { layerwatch } = JSON.parse(line) as FindingDocument;
    if (expected.get(layerwatch.alert_id) !== layerwatch.occurrences) wrongCounts++;
  }
  return { alerts: documents.length, wrongCounts: wrongCounts + Math.abs(expected.size - documents.length) };
}

/** Notifications in the fullest of the budget's windows, by the time of their events. */
function maxInOneWindow(messages: string): number {
  const counts = new Map<number, number>();
  for (const name of readdirSync(messages)) {
    const { Message } = JSON.parse(readFileSync(join(messages, name), 'utf8')) as {
      Message: { sqs: string };
    };
    const time = Date.parse((JSON.parse(Message.sqs) as FindingDocument)['@timestamp']);
    const window = Math.floor(time / 600_000);
    counts.set(window, (counts.get(window) ?? 0) + 1);
  }
  return Math.max(0, ...counts.values());
}

/** Sends digests until nothing is withheld any more; answers with the number of alerts in them. */
async function digest(state: string): Promise<number> {
  const database = await openDatabase(state);
  const clock = { now: () => new Date() };
  const alerts = new LevelAlertStore(database, clock);
  const publisher = { publish: async () => ({ messageId: 'digest' }) };
  const options = { settings: defaultDetectionSettings };
  let digested = 0;
  for (;;) {
    const named = await sendDigest({ alerts, undelivered: alerts, publisher, clock }, options);
    digested += named;
    if (named === 0) break;
  }
  await database.close();
  return digested;
}

void storms();
