import { createWriteStream } from 'node:fs';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import { stormRecords } from '../storm/records';
import { compiledCommand } from './compiled';
import { check } from './limit';
import { runNode } from './node-process';

const small = 5_000;
const large = 40_000;

/** Runs logs of which every record matches, and answers whether all limits held. */
export async function benchMatches(folder: string): Promise<boolean> {
  const [few, many] = [await writeLog(folder, small), await writeLog(folder, large)];
  const start = runNode([compiledCommand, '--help']).cpuMilliseconds;
  const replay = (file: string) => runNode([compiledCommand, 'replay', '--json', file]);
  const [ofFew, ofMany] = [replay(few), replay(many)];
  const report = runNode([compiledCommand, 'report', few, '--output', join(folder, 'report.html')]);
  const each = (cpu: number, records: number) => (cpu - start) / records;
  const [eachOfFew, eachOfMany] = [each(ofFew.cpuMilliseconds, small), each(ofMany.cpuMilliseconds, large)];
  console.log(`\nmatches: ${small} and ${large} matching records, each twentieth twice`);
  return [
    check({ name: `processor time a record of ${small}`, atMost: 1.5, unit: ' ms' }, eachOfFew),
    check({ name: `processor time a record of ${large}`, atMost: 1.5, unit: ' ms' }, eachOfMany),
    check({ name: `a record of ${large} / one of ${small}`, atMost: 1.1 }, eachOfMany / eachOfFew),
    check(
      { name: `replay of ${large} records`, atMost: 90, unit: ' s', digits: 1 },
      ofMany.wallMilliseconds / 1_000,
    ),
    check(
      { name: `report of ${small} alerts`, atMost: 10, unit: ' s', digits: 1 },
      report.wallMilliseconds / 1_000,
    ),
  ].every(Boolean);
}

async function writeLog(folder: string, records: number): Promise<string> {
  const file = join(folder, `matches-${records}.json.gz`);
  const lines = function* () {
    for (const record of stormRecords(records)) yield `${JSON.stringify(record)}\n`;
  };
  await pipeline(Readable.from(lines()), createGzip(), createWriteStream(file));
  return file;
}
