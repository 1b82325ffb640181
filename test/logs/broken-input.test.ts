import { chmodSync, mkdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { temporaryFolder } from '../harness/temporary-folder';
import { fileOf, match, other, readAll } from './logs';

const [a, b] = [match('a'), match('b')];
const lineOf = (value: unknown) => JSON.stringify(value);

/** Long enough that losing its end is not losing all. */
const manyRecords = Array.from({ length: 2_000 }, (_, index) =>
  index % 500 === 0 ? match(`m${index}`) : other(`${index}-${Math.sin(index)}`),
);

interface Broken {
  readonly name: string;
  readonly content: string | Buffer;
  readonly found: readonly unknown[];
  readonly problems: readonly (readonly [place: string, reason: string, count?: number])[];
}

const missing = 'a comma or the end should be';

const table: readonly Broken[] = [
  {
    name: 'a malformed line between two records',
    content: `${lineOf(a)}\n{"eventName":"x",,}\n${lineOf(b)}\n`,
    found: [a, b],
    problems: [['line 2, column 18', '"," where a key should be']],
  },
  {
    name: 'a line that was cut off',
    content: `${lineOf(a)}\n${lineOf(other('c')).slice(0, 60)}\n${lineOf(b)}\n`,
    found: [a, b],
    problems: [['line 2, column 61', 'a string has the byte 0x0a in it']],
  },
  {
    name: 'a line that lacks its last brace',
    content: `${lineOf(a)}\n${lineOf(other('c')).slice(0, -1)}\n${lineOf(b)}\n`,
    found: [a, b],
    problems: [['line 3, column 1, in the record from line 2', `"{" where ${missing}`]],
  },
  {
    name: 'a line of words',
    content: `${lineOf(a)}\nnot json\nnor this\n${lineOf(b)}\n`,
    found: [a, b],
    problems: [['line 2, column 2', 'n is no JSON value']],
  },
  {
    name: 'a broken record in the middle of one line',
    content: `{"Records":[${lineOf(a)},{"eventVersion":oops},${lineOf(b)}]}`,
    found: [a, b],
    problems: [[expect.any(String), expect.any(String)]],
  },
  {
    name: 'a broken record in the middle of an indented file',
    content: JSON.stringify({ Records: [a, { eventVersion: 'BROKEN' }, b] }, null, 1).replace(
      '"BROKEN"',
      'oops',
    ),
    found: [a, b],
    problems: [[expect.stringContaining('line '), expect.any(String)]],
  },
  {
    name: 'values that are no records',
    content: `1\n"text"\n${lineOf(a)}\nnull\n[true,${lineOf(b)}]`,
    found: [a, b],
    problems: [
      [
        '4 places (line 1, column 1; line 2, column 1; line 4, column 1; ...)',
        'is a single value, not a record',
        4,
      ],
    ],
  },
  { name: 'an empty file', content: '', found: [], problems: [['whole', 'has nothing in it']] },
  { name: 'a file of blanks', content: ' \n\t\n', found: [], problems: [['whole', 'has nothing in it']] },
  {
    name: 'a text that ends in a value',
    content: `${lineOf(a)}${lineOf(b).slice(0, 40)}`,
    found: [a],
    problems: [
      [`line 1, column ${Buffer.byteLength(lineOf(a)) + 1}`, 'the text ends in the middle of a value'],
    ],
  },
  {
    name: 'an entry of LookupEvents whose record is no JSON',
    content: lineOf({
      Events: [{ CloudTrailEvent: 'UpdateFunctionConfiguration{', EventName: 'x' }, lookedUp(a)],
    }),
    found: [a],
    problems: [['line 1, column 12', 'CloudTrailEvent is no JSON']],
  },
  {
    name: 'nesting that would exhaust the stack',
    content: `${'['.repeat(100_000)}\n${lineOf(a)}`,
    found: [a],
    problems: [
      ['line 1, column 5', 'is a list in 4 other lists; it is not read'],
      ['line 1, column 501', 'a value is nested more than 500 deep'],
    ],
  },
  {
    name: 'bytes of another sort',
    content: Buffer.concat([Buffer.from([0x50, 0x4b, 3, 4, 0, 0xff, 0xfe]), Buffer.from(`\n${lineOf(a)}`)]),
    found: [a],
    problems: [['line 1, column 1', '"P" where a value should be']],
  },
];

function lookedUp(record: unknown): object {
  return { EventName: 'UpdateFunctionConfiguration20150331v2', CloudTrailEvent: JSON.stringify(record) };
}

describe('a piece that cannot be read is named, and nothing else is lost', () => {
  test.each(table)('given $name, then the rest is read', async ({ content, found, problems }) => {
    const file = fileOf(content);
    const read = await readAll([file]);
    expect(read.records).toEqual(found);
    expect(read.problems).toEqual(
      problems.map(([place, reason, count = 1]) => ({ file, place, reason, count })),
    );
    expect(read.totals.problems).toBe(problems.reduce((sum, [, , count = 1]) => sum + count, 0));
  });

  test('given an object that is no record, then it is named and not handed over', async () => {
    const read = await readAll([fileOf(`${lineOf({ name: 'package' })}\n${lineOf(a)}`)]);
    expect(read.records).toEqual([a]);
    expect(read.problems).toMatchObject([{ place: 'line 1, column 1', reason: 'has no eventName' }]);
  });

  test('given a gzip file that was cut off, then what was before is read', async () => {
    const whole = gzipSync(JSON.stringify({ Records: manyRecords }));
    const read = await readAll([fileOf(whole.subarray(0, whole.length / 2), 'cut.json.gz')]);
    expect(read.records.length).toBeGreaterThanOrEqual(1);
    expect(read.problems).toEqual([
      expect.objectContaining({
        place: `after ${read.totals.records} records`,
        reason: 'the gzip data ends before its end; what was before has been read',
      }),
    ]);
  });

  test('given gzip data whose checksum is wrong, then all of it is read and the damage said', async () => {
    const damaged = gzipSync(JSON.stringify({ Records: manyRecords }));
    damaged.writeUInt32LE(0xdeadbeef, damaged.length - 8);
    const read = await readAll([fileOf(damaged, 'damaged.json.gz')]);
    expect(read.records).toHaveLength(4);
    expect(read.totals).toMatchObject({ records: 2_000, problems: 1 });
    expect(read.problems[0]?.reason).toContain('damaged');
  });

  test('given a bomb, then it is left at the limit and the next file is read', async () => {
    const bombs = [
      Buffer.alloc(3_000_000, ' '),
      Buffer.alloc(3_000_000),
      Buffer.from(`"${'a'.repeat(3_000_000)}"`),
    ];
    const files = bombs.map((bomb) => fileOf(gzipSync(bomb), 'bomb.json.gz'));
    const limits = { maxExpandedBytes: 1_000_000, maxValueBytes: 100_000 };
    const read = await readAll([...files, fileOf(JSON.stringify(a))], { limits });
    expect(read.records).toEqual([a]);
    for (const file of files) {
      const reasons = read.problems.filter((problem) => problem.file === file).map(({ reason }) => reason);
      expect(reasons).toContain('the gzip data expands to more than 1000000 bytes; the rest is not read');
    }
  });

  test('given a value beyond the limit, then it is named and the next one read', async () => {
    const huge = { ...match('huge'), pad: 'x'.repeat(700_000) };
    const limits = { maxValueBytes: 500_000 };
    const read = await readAll([fileOf(`${lineOf(huge)}\n${lineOf(a)}`)], { limits });
    expect(read.records).toEqual([a]);
    expect(read.problems).toMatchObject([
      { place: 'line 1, column 1', reason: 'is larger than 500000 bytes' },
    ]);
  });

  test('given paths that are not there, then each is named and the others are read', async () => {
    const folder = temporaryFolder();
    symlinkSync(join(folder, 'nowhere'), join(folder, 'broken.json'));
    const file = fileOf(lineOf(a));
    const read = await readAll([join(folder, 'missing.json'), folder, join(file, 'below'), file]);
    expect(read.records).toEqual([a]);
    expect(read.problems.map(({ reason }) => reason)).toEqual([
      'there is no such file or folder',
      'there is no such file or folder',
      'a part of the path is no folder',
    ]);
  });

  const isRoot = process.getuid?.() === 0;
  (isRoot ? test.skip : test)('given a folder without permission, then it is named', async () => {
    const folder = temporaryFolder();
    mkdirSync(join(folder, 'closed'));
    chmodSync(join(folder, 'closed'), 0);
    const read = await readAll([folder, fileOf(lineOf(a))]);
    chmodSync(join(folder, 'closed'), 0o700);
    expect(read.records).toEqual([a]);
    expect(read.problems).toMatchObject([{ reason: 'permission denied' }]);
  });

  test.each([
    ['broken lines', '{"a":,}', '"," where a value should be'],
    ['values that are no records', '{"a":1}', 'has no eventName'],
  ])(
    'given a file of a thousand %s, then one line counts them and names the first',
    async (_, line, reason) => {
      const file = fileOf(Array.from({ length: 1_000 }, () => line).join('\n'));
      const read = await readAll([file]);
      expect(read.totals.problems).toBe(1_000);
      expect(read.problems).toEqual([
        {
          file,
          place: expect.stringMatching(/^1000 places \(line 1, .*; line 2, .*; line 3, .*; \.\.\.\)$/),
          reason,
          count: 1_000,
        },
      ]);
    },
  );

  test('given a file of a hundred different reasons, then the first twenty are named and the others counted', async () => {
    const lines = Array.from({ length: 100 }, (_, index) => `{"a":t${index}}`);
    const read = await readAll([fileOf(lines.join('\n'))]);
    expect(read.problems).toHaveLength(21);
    expect(read.problems.at(-1)).toMatchObject({ count: 80, reason: 'could not be read, for other reasons' });
  });

  test('given a list of records that another one follows, then the comma between them is named', async () => {
    const log = lineOf({ Records: [a, other('1'), other('2')] });
    const read = await readAll([fileOf(`${log},${lineOf(other('3'))},${lineOf(b)}`)]);
    expect(read.records).toEqual([a, b]);
    expect(read.problems).toMatchObject([{ reason: '"," where a value should be' }]);
  });
});
