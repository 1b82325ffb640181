import fc from 'fast-check';
import { zipSync } from 'fflate';
import { contentsOf, listArchive, type ReadRange } from '../../lambda/context/layer-contents';
import { RefusedArchiveError } from '../../lambda/context/zip-end';

const text = new TextEncoder().encode('#!/bin/sh\nexec "$@"\n');
const executable = { os: 3, attrs: 0o755 << 16 } as const;

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

/** Serves ranges of bytes and counts how many it was asked for. */
function served(bytes: Uint8Array): { readonly read: ReadRange; readonly requests: () => number } {
  let requests = 0;
  return {
    requests: () => requests,
    read: async (first, last) => {
      requests++;
      const from = first < 0 ? Math.max(0, bytes.length + first) : first;
      return {
        bytes: bytes.slice(from, last === undefined ? undefined : last + 1),
        totalBytes: bytes.length,
      };
    },
  };
}

const inspect = async (bytes: Uint8Array) => contentsOf(await listArchive(served(bytes).read));

/** A copy with a 32-bit number written at the place of a signature plus `offset`. */
function patched(bytes: Uint8Array, signature: number, offset: number, value: number): Uint8Array {
  const copy = bytes.slice();
  const view = new DataView(copy.buffer);
  for (let position = copy.length - 4; position >= 0; position--) {
    if (view.getUint32(position, true) !== signature) continue;
    view.setUint32(position + offset, value, true);
    return copy;
  }
  throw new Error('no such signature');
}

const [end, entry] = [0x06054b50, 0x02014b50];

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
  ])('given one with %s, then the reason is said', async (_, bytes, reason) => {
    const inspected = inspect(bytes);
    await expect(inspected).rejects.toThrow(RefusedArchiveError);
    await expect(inspected).rejects.toThrow(reason);
  });

  test('given any bytes changed, then it is read or refused and nothing else', async () => {
    const changes = fc.array(fc.tuple(fc.nat(archive.length - 1), fc.nat(255)), {
      minLength: 1,
      maxLength: 8,
    });
    await fc.assert(
      fc.asyncProperty(changes, async (given) => {
        const bytes = archive.slice();
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
