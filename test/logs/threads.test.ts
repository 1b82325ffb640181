import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { readLogs } from '../../lambda/logs/read-logs';
import { temporaryFolder } from '../harness/temporary-folder';
import { eventNamePrefixes, fileOf, match, other, readAll } from './logs';

/** More than is read without threads, in files of different sizes, each with its own damage. */
function folderOfLogs(): string {
  const folder = temporaryFolder();
  for (let file = 0; file < 30; file++) {
    const records = Array.from({ length: 20 + ((file * 137) % 900) }, (_, index) =>
      index % 97 === 13 ? match(`${file}-${index}`) : { ...other(`${file}-${index}`), pad: 'x'.repeat(200) },
    );
    const text = `${JSON.stringify({ Records: records })}\n${file % 7 === 0 ? '{"broken":' : ''}`;
    const isCompressed = file % 2 === 0;
    const name = `${String(file).padStart(2, '0')}.json${isCompressed ? '.gz' : ''}`;
    writeFileSync(join(folder, name), isCompressed ? gzipSync(text, { level: 0 }) : text);
  }
  return folder;
}

describe('reading in threads', () => {
  test.each([1, 2, 3])(
    'given %d threads, then everything comes as without, in the same order',
    async (threads) => {
      const paths = [folderOfLogs(), '/nowhere', fileOf(JSON.stringify(match('last')))];
      const alone = await readAll(paths);
      expect(alone.records.length).toBeGreaterThan(100);
      expect(await readAll(paths, { threads })).toEqual(alone);
    },
  );

  test('given more records than a thread holds back, then all of them come', async () => {
    const records = Array.from({ length: 20_000 }, (_, index) => match(`${index}`));
    const file = fileOf(records.map((record) => JSON.stringify(record)).join('\n'));
    const read = await readAll([file], { threads: 2 });
    expect(read.records).toEqual(records);
  });

  test('given keys named __proto__ and constructor, then they stay keys', async () => {
    const text = '{"__proto__":{"x":1},"constructor":2,"eventName":"PublishLayerVersion20181031"}\n';
    const read = await readAll([fileOf(text + ' '.repeat(3_000_000))], { threads: 1 });
    expect(Object.keys(read.records[0] ?? {})).toEqual(['__proto__', 'constructor', 'eventName']);
  });

  test('given a caller that stops in the middle, then no thread is left', async () => {
    const logs = readLogs([folderOfLogs()], { eventNamePrefixes, threads: 2, onProblem: () => undefined });
    for await (const _ of logs.candidates) break;
    const workers = process.getActiveResourcesInfo().filter((name) => name === 'MessagePort');
    expect(workers).toEqual([]);
  });
});
