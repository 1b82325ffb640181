import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { temporaryFolder } from '../harness/temporary-folder';
import { eventNamePrefixes, fileOf, match, other, readAll } from './logs';

const [a, b, quiet] = [match('a'), match('b'), other('quiet')];
const records = [a, quiet, b];

const envelope = (detail: object) => ({ version: '0', 'detail-type': 'AWS API Call via CloudTrail', detail });
const lookedUp = (record: Readonly<Record<string, unknown>>) => ({
  EventId: record['eventID'],
  EventName: record['eventName'],
  CloudTrailEvent: JSON.stringify(record),
});
const lines = (values: readonly unknown[]) => values.map((value) => JSON.stringify(value));

const shapes: readonly (readonly [name: string, text: string, expected?: readonly unknown[]])[] = [
  ['a log file', JSON.stringify({ Records: records })],
  ['a log file, indented', JSON.stringify({ Records: records }, null, 2)],
  [
    'a log file with other keys',
    JSON.stringify({ Version: { Records: 1 }, Records: records, More: [1, {}] }),
  ],
  ['a bare array', JSON.stringify(records)],
  ['NDJSON', `${lines(records).join('\n')}\n`],
  ['NDJSON with blank lines and carriage returns', `\r\n${lines(records).join('\r\n\r\n')}\r\n`],
  ['values without separators', lines(records).join('')],
  ['log files after each other', lines([{ Records: [a] }, { Records: [quiet, b] }]).join('')],
  ['an array of log files', JSON.stringify([{ Records: [a] }, { Records: [quiet, b] }])],
  ['a byte order mark', `\ufeff${JSON.stringify({ Records: records })}`],
  ['EventBridge envelopes', lines(records.map(envelope)).join('\n'), [envelope(a), envelope(b)]],
  ['an array of envelopes', JSON.stringify(records.map(envelope)), [envelope(a), envelope(b)]],
  ['LookupEvents', JSON.stringify({ Events: records.map(lookedUp), NextToken: 'x' }, null, 4)],
  ['pages of LookupEvents', lines(records.map((record) => ({ Events: [lookedUp(record)] }))).join('\n')],
];

describe('every shape of a log', () => {
  const table = shapes.flatMap(([name, text, expected = [a, b]]) => [
    { name, content: Buffer.from(text), expected },
    { name: `${name}, gzip`, content: gzipSync(text), expected },
    {
      name: `${name}, gzip in two members`,
      content: Buffer.concat([gzipSync(text.slice(0, 70)), gzipSync(text.slice(70))]),
      expected,
    },
  ]);

  test.each(table)(
    'given $name, then its matches are found and all counted',
    async ({ content, expected }) => {
      const { records: found, problems, totals } = await readAll([fileOf(content)]);
      expect(found).toEqual(expected);
      expect(problems).toEqual([]);
      expect(totals).toMatchObject({ records: 3, problems: 0, files: 1 });
    },
  );

  test.each(table)('given $name on stdin, then it is the same', async ({ content, expected }) => {
    const { records: found, totals } = await readAll(['-'], { stdin: content });
    expect(found).toEqual(expected);
    expect(totals.records).toBe(3);
  });

  test('given one record, then it is found, with its place', async () => {
    const file = fileOf(`\n  ${JSON.stringify(a)}`);
    expect((await readAll([file])).found).toEqual([{ record: a, file, place: 'line 2, column 3' }]);
  });

  test.each(eventNamePrefixes)(
    'given a name that hides %s behind an escape, then it is found',
    async (eventName) => {
      const name = `\\u00${eventName.charCodeAt(0).toString(16)}${eventName.slice(1)}`;
      const hidden = `{"eventVersion":"1.11","eventName":"${name}","pad":"${'-'.repeat(200)}"}`;
      const text = `{"Records":[${[JSON.stringify(quiet), hidden].join(',')}]}`;
      const { records: found } = await readAll([fileOf(text)]);
      expect(found).toEqual([expect.objectContaining({ eventName })]);
    },
  );

  test('given keys named __proto__ and constructor, then they stay keys', async () => {
    const text = '{"__proto__":{"x":1},"constructor":2,"eventName":"PublishLayerVersion20181031"}';
    const [found] = (await readAll([fileOf(text)])).records as readonly object[];
    expect(Object.keys(found ?? {})).toEqual(['__proto__', 'constructor', 'eventName']);
  });
});

describe('folders', () => {
  test('given a tree, then its logs are read by name, links followed once, digests and other files passed over', async () => {
    const folder = temporaryFolder();
    const write = (path: string, content: string | Buffer) => {
      mkdirSync(join(folder, path, '..'), { recursive: true });
      writeFileSync(join(folder, path), content);
    };
    write('b/2.json.gz', gzipSync(JSON.stringify({ Records: [match('2')] })));
    write('a/1.json', JSON.stringify({ Records: [match('1')] }));
    write('c.ndjson', JSON.stringify(match('3')));
    write('CloudTrail-Digest/d.json.gz', gzipSync('{"digestS3Bucket":"x"}'));
    write('README.md', '# not a log');
    symlinkSync(folder, join(folder, 'a', 'loop'));
    const { records: found, problems, totals } = await readAll([folder]);
    expect(found).toEqual([match('1'), match('2'), match('3')]);
    expect(problems).toEqual([]);
    expect(totals).toMatchObject({ files: 3, records: 3 });
  });

  test('given a file that is named, then it is read whatever its name', async () => {
    const { records: found } = await readAll([fileOf(JSON.stringify(a), 'export.data')]);
    expect(found).toEqual([a]);
  });

  test('given a folder without logs, then that is said', async () => {
    const { problems } = await readAll([temporaryFolder()]);
    expect(problems).toEqual([expect.objectContaining({ reason: expect.stringContaining('no log files') })]);
  });
});
