import { spawn } from 'node:child_process';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { gzipSync } from 'node:zlib';
import { plainTable } from '../cli/output/table';
import { bucket, organization, recordsOf, type SampledObject, sampledObjects } from './scale/organization';

/**
 * One day of a large organization through the log reader, by a sample of its accounts, and what follows from that for the function as
 * the stack deploys it. The reader is a process of its own, so that the made-up bucket costs it nothing.
 */

/** The function as the stack deploys it: 512 MB, of which AWS gives 1,769 MB a whole core (Lambda, "Configure function memory"). */
const coresOfFunction = 512 / 1_769;
const concurrency = 10;
const secondsOfDay = 86_400;

interface Reading {
  readonly cpuSeconds: number;
  readonly megabytes: number;
  readonly failed: number;
}

async function scale(): Promise<void> {
  const sample = [...sampledObjects()].slice(0, Number(process.argv[2] ?? Number.POSITIVE_INFINITY));
  const records = sample.reduce((sum, object) => sum + recordsOf(object).length, 0);
  const reading = await readSample(sample);
  if (reading.failed > 0) throw new Error(`${reading.failed} objects were not decided`);
  print(sample.length, records, reading);
}

async function readSample(sample: readonly SampledObject[]): Promise<Reading> {
  const objects = new Map(sample.map((object) => [`/${bucket}/${object.key}`, object]));
  const server = createServer(({ url = '' }, response) => {
    const object = objects.get(decodeURIComponent(url.split('?')[0] ?? ''));
    if (object === undefined) response.writeHead(404).end();
    else response.end(gzipSync(JSON.stringify({ Records: recordsOf(object) })));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const words = ['--import', 'tsx', join(__dirname, 'scale', 'read-day.ts'), endpoint, String(sample.length)];
  const child = spawn(process.execPath, words, { stdio: ['ignore', 'pipe', 'inherit'] });
  const printed = await text(child.stdout);
  server.close();
  return JSON.parse(printed) as Reading;
}

function print(objects: number, records: number, { cpuSeconds, megabytes }: Reading): void {
  const { accounts, regions, objectsPerDay } = organization;
  const perCoreSecond = objects / cpuSeconds;
  const perSecond = perCoreSecond * coresOfFunction;
  const anHour = objectsPerDay / 24;
  console.log(
    plainTable(
      ['what', 'number'],
      [
        ['accounts and regions', `${accounts} x ${regions}`],
        ['objects a day', objectsPerDay],
        ['objects read', objects],
        ['records in them', records],
        ['objects a second and core', Math.round(perCoreSecond)],
        ['records a second and core', Math.round(records / cpuSeconds)],
        ['memory of the process', `${megabytes} MB`],
        ['objects a second of one function (512 MB)', Math.round(perSecond)],
        ['functions busy on average', (objectsPerDay / secondsOfDay / perSecond).toFixed(2)],
        [
          `minutes for an hour's objects with ${concurrency} functions`,
          (anHour / perSecond / concurrency / 60).toFixed(1),
        ],
      ],
    ),
  );
}

void scale();
