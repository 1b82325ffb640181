import fc from 'fast-check';
import { zipSync } from 'fflate';
import { contentsOf, listArchive } from '../../lambda/context/layer-contents';
import { RefusedArchiveError } from '../../lambda/context/zip-end';
import { executable, patched, served, zip64Archive } from '../fixtures/archives';

const text = new TextEncoder().encode('#!/bin/sh\nexec "$@"\n');
const archive = zipSync({
  'extensions/boot': [text, executable],
  'extensions/lib/helper.so': text,
  wrapper: [text, executable],
  'README.md': text,
  'nodejs/node_modules/@aws-sdk/client-s3/index.js': text,
  'nodejs/node_modules/lodash/index.js': text,
  'python/lib/python3.13/site-packages/boto3/__init__.py': text,
  'python/json.py': text,
  'python/requests/json.py': text,
  'ruby/gems/3.4.0/gems/aws-sdk-s3-1.2.3/lib/a.rb': text,
});

const inspect = async (bytes: Uint8Array) => contentsOf(await listArchive(served(bytes).read));

const [end, entry, locator, zip64End] = [0x06054b50, 0x02014b50, 0x07064b50, 0x06064b50];

describe('what is inside a layer', () => {
  test('given an archive, then extensions, wrappers and what takes the place of the runtime’s own are named', async () => {
    expect(await inspect(archive)).toEqual({
      entries: 10,
      extensions: ['extensions/boot'],
      wrappers: ['wrapper'],
      shadowed: ['Node.js AWS SDK', 'Python boto3', 'Python json', 'Ruby AWS SDK'],
    });
  });

  test('given a large archive, then its directory alone is read, in two requests', async () => {
    const files = Object.fromEntries(
      Array.from(
        { length: 2_000 },
        (_, index) => [`nodejs/node_modules/package-${index}/index.js`, text] as const,
      ),
    );
    const { read, requests } = served(zipSync({ ...files, 'extensions/boot': text }));
    expect(contentsOf(await listArchive(read))).toMatchObject({
      entries: 2_001,
      extensions: ['extensions/boot'],
    });
    expect(requests()).toBe(2);
  });

  test('given names that lead to one place in other ways, then they are read as that place', async () => {
    const written = zipSync({
      './extensions/boot': text,
      'bin//wrap': [text, executable],
      'python\\json.py': text,
    });
    expect(await inspect(written)).toEqual({
      entries: 3,
      extensions: ['extensions/boot'],
      wrappers: ['bin/wrap'],
      shadowed: ['Python json'],
    });
  });

  test('given an archive in Zip64, then it is read', async () => {
    expect(await listArchive(served(zip64Archive).read)).toEqual([
      { name: 'extensions/boot', isExecutable: true, isLink: false, sizeBytes: 10, crc32: 0x04fb9d1d },
      { name: 'lib/a.py', isExecutable: false, isLink: false, sizeBytes: 10, crc32: 0x04fb9d1d },
    ]);
  });

  test('given a name of the longest length, then it is cut', async () => {
    const { extensions } = await inspect(zipSync({ [`extensions/${'x'.repeat(60_000)}`]: text }));
    expect(extensions).toEqual([`extensions/${'x'.repeat(189)}`]);
  });

  test('given an empty archive, then there is nothing in it', async () => {
    expect(await inspect(zipSync({}))).toMatchObject({ entries: 0, extensions: [] });
  });
});

describe('an archive that lies is refused', () => {
  const twice = zipSync({ 'extensions/a': text, 'extensions/b': text });
  const sameName = Uint8Array.from(twice, (byte, index) =>
    byte === 'b'.charCodeAt(0) && twice[index - 1] === '/'.charCodeAt(0) ? 'a'.charCodeAt(0) : byte,
  );
  const hidden = Uint8Array.from([...archive, ...zipSync({ 'README.md': text })]);
  const comment = zipSync({}).length;
  const commented = Uint8Array.from([...archive, ...zipSync({})]);
  new DataView(commented.buffer).setUint16(archive.length - 2, comment, true);

  const withOnes = patched(zip64Archive, end, 12, 0xffff_ffff);

  test.each([
    ['no end', archive.slice(0, -1), 'no end record'],
    ['an end within the comment of another', commented, 'more than one end record'],
    ['another archive before it', hidden, 'does not end where it says'],
    ['more files than it says', patched(archive, end, 8, 0x0009_0009), 'more files than it says'],
    ['fewer files than it says', patched(archive, end, 8, 0x000b_000b), 'fewer files than it says'],
    ['several disks', patched(archive, end, 4, 1), 'more than one disk'],
    ['a directory elsewhere', patched(archive, end, 16, 10), 'does not end where it says'],
    ['a directory of 4 GB', patched(archive, end, 12, 0xffff_ffff), 'its directory has 4294967295 bytes'],
    ['65,535 files', patched(archive, end, 8, 0xffff_ffff), '65535 files or more'],
    ['two files of one name', sameName, 'two files of the same name'],
    ['files that overlap', patched(archive, entry, 42, 0), 'overlap'],
    ['a file beyond the archive', patched(archive, entry, 20, 0x7fff_ffff), 'beyond the archive'],
    ['a name that leads out of it', zipSync({ 'lib/../../opt/a': text }), 'a name leads out of it'],
    ['one place under two names', zipSync({ 'lib/a': text, './lib/a': text }), 'two files of the same name'],
    ['a file without a name', zipSync({ '.': text }), 'a file has no name'],
    [
      'other Zip64 records than its end',
      patched(zip64Archive, end, 8, 0x0003_0003),
      'contradict its end record',
    ],
    ['another directory in Zip64', patched(zip64Archive, zip64End, 48, 7), 'contradict its end record'],
    ['a Zip64 record elsewhere', patched(zip64Archive, locator, 8, 7), 'not where they say'],
    ['a Zip64 record of another size', patched(zip64Archive, zip64End, 4, 45), 'not where they say'],
    ['several disks in Zip64', patched(zip64Archive, locator, 16, 2), 'more than one disk'],
    ['5 GB in Zip64', patched(withOnes, zip64End, 44, 1), 'its directory has 4294967459 bytes'],
    ['a Zip64 number that is missing', patched(zip64Archive, entry, 30, 0), 'its directory is broken'],
  ])('given one with %s, then the reason is said', async (_, bytes, reason) => {
    const inspected = inspect(bytes);
    await expect(inspected).rejects.toThrow(RefusedArchiveError);
    await expect(inspected).rejects.toThrow(reason);
  });

  test.each([
    ['the classic format', archive],
    ['Zip64', zip64Archive],
  ])('given %s with any bytes changed, then it is read or refused and nothing else', async (_, original) => {
    const changes = fc.array(fc.tuple(fc.nat(original.length - 1), fc.nat(255)), {
      minLength: 1,
      maxLength: 8,
    });
    await fc.assert(
      fc.asyncProperty(changes, async (given) => {
        const bytes = Uint8Array.from(original);
        for (const [position, value] of given) bytes[position] = value;
        await inspect(bytes).catch((error: unknown) => expect(error).toBeInstanceOf(RefusedArchiveError));
      }),
      { numRuns: 500 },
    );
  });

  test('given any bytes at all, then it is read or refused and nothing else', async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 300 }), async (bytes) => {
        await inspect(bytes).catch((error: unknown) => expect(error).toBeInstanceOf(RefusedArchiveError));
      }),
      { numRuns: 500 },
    );
  });
});
