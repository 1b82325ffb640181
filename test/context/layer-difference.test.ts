import fc from 'fast-check';
import { zipSync } from 'fflate';
import { listArchive } from '../../lambda/context/layer-contents';
import { compareFiles } from '../../lambda/context/layer-difference';
import type { ZipEntry } from '../../lambda/context/zip-directory';
import { served } from '../fixtures/archives';

function file(name: string, fields: Partial<ZipEntry> = {}): ZipEntry {
  return { name, isExecutable: false, isLink: false, sizeBytes: 10, crc32: 1, ...fields };
}

const program = { isExecutable: true };

describe('what a version holds that the one before did not', () => {
  const boot = file('extensions/boot', program);

  test.each<[string, ZipEntry[], ZipEntry[], object[]]>([
    ['nothing else', [boot], [boot], []],
    ['an extension', [], [boot], [{ kind: 'external-extension', change: 'added', files: 1 }]],
    [
      'another extension',
      [boot],
      [{ ...boot, crc32: 2 }],
      [{ kind: 'external-extension', change: 'changed' }],
    ],
    ['no extension', [boot], [], [{ kind: 'external-extension', change: 'removed', files: 1 }]],
    ['a wrapper', [], [file('wrap', program)], [{ kind: 'wrapper', change: 'added', names: ['wrap'] }]],
    [
      'a file that may be run now',
      [file('wrap')],
      [file('wrap', program)],
      [{ kind: 'wrapper', change: 'changed' }],
    ],
    [
      'one that may not any more',
      [file('wrap', program)],
      [file('wrap')],
      [{ kind: 'wrapper', change: 'changed' }],
    ],
    [
      'a link in its place',
      [file('lib/a.py')],
      [file('lib/a.py', { isLink: true })],
      [{ kind: 'other', change: 'changed' }],
    ],
    [
      'a longer file',
      [file('a.py')],
      [file('a.py', { sizeBytes: 11 })],
      [{ kind: 'other', change: 'changed' }],
    ],
    ['a library of the machine', [], [file('lib/libssl.so.1.1', program)], [{ kind: 'shared-object' }]],
    ['an add-on of Node.js', [], [file('nodejs/node_modules/x/x.node')], [{ kind: 'shared-object' }]],
    ['a program elsewhere', [], [file('opt/tool', program)], [{ kind: 'executable' }]],
    ['the SDK of the runtime', [], [file('python/boto3/session.py')], [{ kind: 'runtime-library' }]],
    ['a file of an extension', [], [file('extensions/lib/a.txt')], [{ kind: 'other' }]],
  ])('given %s, then that is what differs', (_, before, now, groups) => {
    expect(compareFiles(before, now).groups).toMatchObject(groups);
    expect(compareFiles(before, now).groups).toHaveLength(groups.length);
  });

  test('given several kinds, then what runs by itself comes first, and each has its count', () => {
    const now = [file('z.txt'), file('python/json.py'), file('lib/a.so'), boot, file('bin/x', program)];
    const { files, groups } = compareFiles([file('old.txt'), file('same')], [...now, file('same')]);
    expect(files).toEqual({ added: 5, changed: 0, removed: 1, unchanged: 1 });
    expect(groups.map(({ kind, change, names }) => [kind, change, ...names].join(' '))).toEqual([
      'external-extension added extensions/boot',
      'wrapper added bin/x',
      'shared-object added lib/a.so',
      'runtime-library added python/json.py',
      'other added z.txt',
      'other removed old.txt',
    ]);
  });

  test('given a newer file of a library that was there before, then its place is not newly taken', () => {
    const before = [file('python/boto3/session.py')];
    const now = [file('python/boto3/session.py', { crc32: 2 }), file('python/boto3/more.py')];
    expect(compareFiles(before, now).gained).toEqual({ extensions: [], wrappers: [], shadowed: [] });
    expect(compareFiles([], now).gained.shadowed).toEqual(['Python boto3']);
  });

  test('given another extension beside one that was there, then that one alone is gained', () => {
    const { gained } = compareFiles([boot], [boot, file('extensions/spy', program)]);
    expect(gained.extensions).toEqual(['extensions/spy']);
  });
});

describe('laws of a comparison', () => {
  const name = fc.oneof(
    fc.constantFrom(
      'extensions/a',
      'extensions/b',
      'wrap',
      'bin/x',
      'lib/a.so',
      'python/json.py',
      'deep/down/tool',
    ),
    fc.string({ unit: 'binary', minLength: 1, maxLength: 400 }),
  );
  const files = fc.uniqueArray(
    fc.record({
      name,
      isExecutable: fc.boolean(),
      isLink: fc.boolean(),
      sizeBytes: fc.nat(3),
      crc32: fc.nat(3),
    }),
    { selector: (entry) => entry.name, maxLength: 40 },
  );

  test('given the same files in any order, then nothing differs', () => {
    fc.assert(
      fc.property(files, (list) => {
        const { files: counts, groups, gained } = compareFiles(list, [...list].reverse());
        expect(counts).toEqual({ added: 0, changed: 0, removed: 0, unchanged: list.length });
        expect([groups, gained]).toEqual([[], { extensions: [], wrappers: [], shadowed: [] }]);
      }),
    );
  });

  test('given any two lists, then the numbers add up to both', () => {
    fc.assert(
      fc.property(files, files, (before, now) => {
        const { files: counts, groups } = compareFiles(before, now);
        const { added, changed, removed, unchanged } = counts;
        expect([unchanged + changed + removed, unchanged + changed + added]).toEqual([
          before.length,
          now.length,
        ]);
        expect(groups.reduce((sum, group) => sum + group.files, 0)).toBe(added + changed + removed);
      }),
    );
  });

  test('given the other way round, then what was added is removed', () => {
    fc.assert(
      fc.property(files, files, (before, now) => {
        const [there, back] = [compareFiles(before, now).files, compareFiles(now, before).files];
        expect(back).toEqual({ ...there, added: there.removed, removed: there.added });
      }),
    );
  });

  test('given any two lists, then the names are few and short', () => {
    fc.assert(
      fc.property(files, files, (before, now) => {
        const { groups, gained } = compareFiles(before, now);
        const names = groups.flatMap((group) => group.names);
        expect(names.length).toBeLessThanOrEqual(12);
        const gainedNames = [...gained.extensions, ...gained.wrappers, ...gained.shadowed];
        expect(gainedNames.length).toBeLessThanOrEqual(9);
        for (const shown of [...names, ...gainedNames]) expect(shown.length).toBeLessThanOrEqual(200);
      }),
    );
  });
});

describe('archives of 10,000 files', () => {
  const text = new TextEncoder().encode('x');
  const many = (changed: number) =>
    Object.fromEntries(
      Array.from({ length: 10_000 }, (_, index) => [
        `python/package${index % 100}/file${index}.py`,
        index < changed ? text : new Uint8Array(),
      ]),
    );

  test('given one file added and three changed, then both are found by their directories', async () => {
    const [before, now] = [zipSync(many(0)), zipSync({ ...many(3), 'extensions/boot': text })];
    const readBefore = served(before);
    const difference = compareFiles(await listArchive(readBefore.read), await listArchive(served(now).read));
    expect(difference.files).toEqual({ added: 1, changed: 3, removed: 0, unchanged: 9_997 });
    expect(difference.groups[0]?.names).toEqual(['extensions/boot']);
    expect(readBefore.requests()).toBe(2);
  });
});
