import { execFileSync } from 'node:child_process';
import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { temporaryFolder } from '../harness/temporary-folder';
import { fileOf, match, other, readAll } from './logs';

const [a, b] = [match('a'), match('b')];

describe('a record is a record whatever else it holds', () => {
  const { eventName, ...rest } = a;
  const lists = [[other('in')], [b], [], [1, 'x'], [{ foo: 1 }]];
  const table = lists.flatMap((list) =>
    ['Records', 'Events'].flatMap((key) => [
      { name: `${key} before`, record: { [key]: list, ...a } },
      { name: `${key} after`, record: { ...a, [key]: list } },
      { name: `${key} before the name`, record: { ...rest, [key]: list, eventName } },
    ]),
  );

  test.each(table)('given a list $name in $record, then the record is found alone', async ({ record }) => {
    for (const text of [JSON.stringify({ Records: [record] }), JSON.stringify(record)]) {
      const { records, totals } = await readAll([fileOf(text)]);
      expect(records).toEqual([record]);
      expect(totals).toMatchObject({ records: 1, problems: 0 });
    }
  });

  test('given an object larger than any record with both, then its list is read and the rest named', async () => {
    const log = { Records: [a, b], pad: 'x'.repeat(1_100_000), eventName: 'PublishLayerVersion' };
    const { records, problems } = await readAll([fileOf(JSON.stringify(log))]);
    expect(records).toEqual([a, b]);
    expect(problems).toMatchObject([
      { place: 'line 1, column 1', reason: 'has a list of records, which was read, and a key of a record' },
    ]);
  });

  test('given a key with escapes around the records, then they are read', async () => {
    const text = `{"R\\u0065cords":[${JSON.stringify(a)}]}`;
    expect((await readAll([fileOf(text)])).records).toEqual([a]);
  });
});

describe('what is not read is named', () => {
  test.each([5, 6, 40])('given a record in %d lists, then the list is named', async (depth) => {
    const text = `${'['.repeat(depth)}${JSON.stringify(a)}${']'.repeat(depth)}\n${JSON.stringify(b)}`;
    const { records, problems } = await readAll([fileOf(text)]);
    expect(records).toEqual([b]);
    expect(problems).toMatchObject([
      { place: 'line 1, column 5', reason: 'is a list in 4 other lists; it is not read' },
    ]);
  });

  test('given records under an unknown key, then it is said that the whole file was skipped, and why', async () => {
    const { problems, totals } = await readAll([fileOf(JSON.stringify({ logEvents: [a, b] }))]);
    expect(totals).toMatchObject({ records: 0, problems: 1 });
    expect(problems[0]?.reason).toBe(
      'has no eventName; its list "logEvents" is not read, only one named Records or Events is; the whole file was skipped',
    );
  });

  test('given a record that nests too deep for the code behind, then it is named and the next one read', async () => {
    const deep = (depth: number) =>
      `${JSON.stringify(a).slice(0, -1)},"x":${'['.repeat(depth)}${']'.repeat(depth)}}`;
    const lookedUp = { EventName: 'Decrypt', CloudTrailEvent: deep(100_000) };
    for (const text of [deep(600), JSON.stringify({ Events: [lookedUp] })]) {
      const { records, totals } = await readAll([fileOf(`${text}\n${JSON.stringify(b)}`)]);
      expect(records).toEqual([b]);
      expect(totals).toMatchObject({ records: 1, problems: 1 });
    }
  });
});

describe('every entry of LookupEvents is parsed', () => {
  const hidden = JSON.stringify(a).replace('"UpdateF', '"Upda\\u0074eF');

  test.each([
    ['with an escape in its text', hidden],
    ['with an escape in a key', JSON.stringify(a).replace('"eventName"', '"even\\u0074Name"')],
    ['as it is', JSON.stringify(a)],
  ])('given a record %s under another EventName, then it is found', async (_, CloudTrailEvent) => {
    const entries = Array.from({ length: 200 }, (_, index) => ({
      EventId: 'x',
      EventName: 'Decrypt',
      CloudTrailEvent: index === 100 ? CloudTrailEvent : JSON.stringify(other(`${index}`)),
    }));
    const { records, totals } = await readAll([fileOf(JSON.stringify({ Events: entries }))]);
    expect(records).toEqual([a]);
    expect(totals).toMatchObject({ records: 200, unchecked: 0, problems: 0 });
  });
});

describe('gzip members', () => {
  const [first, second] = [gzipSync(`${JSON.stringify(a)}\n`), gzipSync(JSON.stringify(b))];
  const pads = [0, 1, 512, 300_000];
  // Random bytes do not shrink, so that the file is too large to be read at once.
  const large = gzipSync(`${JSON.stringify({ ...other('x'), pad: 'y'.repeat(20_000_000) })}\n`);

  test.each(pads)('given %d zeros between two members, then both are read', async (length) => {
    const pad = Buffer.alloc(length);
    for (const before of [Buffer.alloc(0), large]) {
      const file = fileOf(Buffer.concat([before, first, pad, second, pad]), 'a.json.gz');
      const { records, problems } = await readAll([file]);
      expect(records).toEqual([a, b]);
      expect(problems).toEqual([]);
    }
  });

  test('given zeros between two members on stdin, then what is left is named', async () => {
    const stdin = Buffer.concat([first, Buffer.alloc(3), second]);
    const { records, problems } = await readAll(['-'], { stdin });
    expect(records).toEqual([a]);
    expect(problems).toMatchObject([{ reason: 'more bytes follow the gzip data, and they are not read' }]);
  });

  test('given text behind zeros behind a member, then what is left is named', async () => {
    const file = fileOf(Buffer.concat([first, Buffer.alloc(3), Buffer.from('text')]), 'a.json.gz');
    const { records, problems } = await readAll([file]);
    expect(records).toEqual([a]);
    expect(problems).toMatchObject([{ reason: 'more bytes follow the gzip data, and they are not read' }]);
  });
});

describe('what stands in a folder', () => {
  test('given a FIFO, a device behind a link and a socket, then each is refused by name and the log beside them read', async () => {
    const folder = temporaryFolder();
    execFileSync('mkfifo', [join(folder, 'fifo.json')]);
    symlinkSync(join(folder, 'fifo.json'), join(folder, 'link.json'));
    symlinkSync('/dev/zero', join(folder, 'zero.json'));
    const server = createServer().listen(join(folder, 'socket.json'));
    writeFileSync(join(folder, 'log.json'), JSON.stringify(a));
    const { records, problems } = await readAll([folder]);
    server.close();
    expect(records).toEqual([a]);
    expect(problems.map(({ file, reason }) => [file.slice(folder.length + 1), reason])).toEqual([
      ['fifo.json', 'is a FIFO, not a file; it is not opened'],
      ['link.json', 'is a FIFO, not a file; it is not opened'],
      ['socket.json', 'is a socket, not a file; it is not opened'],
      ['zero.json', 'is a device, not a file; it is not opened'],
    ]);
  });

  test('given files with other names, then they are counted once, with examples', async () => {
    const folder = temporaryFolder();
    mkdirSync(join(folder, 'CloudTrail-Digest'));
    const names = ['a.json', 'b.json.cloudtrail', 'c.parquet', 'd.csv', 'e.md', 'CloudTrail-Digest/x.sig'];
    for (const name of names) writeFileSync(join(folder, name), JSON.stringify(a));
    const { records, problems, skipped } = await readAll([folder]);
    expect(records).toEqual([a]);
    expect(problems).toEqual([]);
    const examples = ['b.json.cloudtrail', 'c.parquet', 'd.csv'].map((name) => join(folder, name));
    expect(skipped).toEqual([{ count: 4, examples }]);
  });
});
