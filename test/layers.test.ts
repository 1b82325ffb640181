import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, normalize, relative } from 'node:path';

const root = join(__dirname, '..');

/** What the files of a folder may import: beginnings of project paths and of package names. */
const layers: Readonly<Record<string, readonly string[]>> = {
  'lambda/text': [],
  'lambda/detection': ['lambda/text/', 'lambda/errors', 'node:crypto', 'node:net'],
  'lambda/context': ['lambda/errors', 'lambda/detection/', 'lambda/text/', 'lambda/ports', 'node:net'],
  'lambda/notification': ['lambda/detection/', 'lambda/text/', 'lambda/ports'],
  'lambda/pipeline': [
    'lambda/context/',
    'lambda/detection/',
    'lambda/notification/',
    'lambda/text/',
    'lambda/ports',
    'lambda/contract',
    'lambda/errors',
  ],
  'lambda/selftest': [
    'lambda/detection/',
    'lambda/text/',
    'lambda/ports',
    'lambda/sweep/ports',
    'lambda/contract',
    'lambda/errors',
  ],
  'lambda/sweep': [
    'lambda/pipeline/',
    'lambda/selftest/ports',
    'lambda/detection/',
    'lambda/notification/',
    'lambda/text/',
    'lambda/ports',
    'lambda/contract',
    'lambda/errors',
  ],
  'lambda/log-reader': [
    'lambda/pipeline/',
    'lambda/logs/',
    'lambda/detection/',
    'lambda/text/',
    'lambda/contract',
    'lambda/errors',
  ],
  'lambda/logs': ['lambda/errors', 'lambda/detection/', 'lambda/text/', 'node:'],
  'lambda/aws': [
    'lambda/detection/',
    'lambda/notification/',
    'lambda/text/',
    'lambda/ports',
    'lambda/sweep/ports',
    'lambda/selftest/ports',
    'lambda/log-reader/ports',
    'lambda/contract',
    'lambda/errors',
    'fflate',
    '@aws-sdk/',
    '@smithy/',
    'mmdb-lib',
    'node:',
  ],
  'lambda/handlers': ['lambda/', '@aws-sdk/', 'node:'],
  config: ['lambda/errors', 'lambda/detection/', 'lambda/text/', 'valibot', 'fastest-levenshtein', 'node:'],
  lib: ['config/', 'lambda/contract', 'lambda/detection/', 'aws-cdk-lib', 'constructs', 'cdk-nag', 'node:'],
  cli: [
    'config/',
    'lambda/',
    '@aws-sdk/',
    '@smithy/core/config',
    '@commander-js/extra-typings',
    'commander',
    'cli-progress',
    'dynalite',
    'string-width',
    'node:',
  ],
};

/** Folders whose code asks neither a clock nor the environment. */
const pureFolders = [
  'lambda/text',
  'lambda/detection',
  'lambda/context',
  'lambda/notification',
  'lambda/pipeline',
];

const checkedFolders = ['bin', 'config', 'lib', 'lambda', 'cli', 'scripts'];

function sources(folder: string): readonly string[] {
  return readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts'))
    .map((name) => join(folder, name));
}

/** Paths within the project and names of packages; types and lazy imports count. */
function importsOf(file: string): readonly string[] {
  const text = readFileSync(join(root, file), 'utf8');
  const names = [
    ...text.matchAll(/^(?:import|export)[^;]*?from '([^']+)'|(?:import|require)\('(\.[^']+)'\)/gm),
  ];
  return names.map(([, from, lazy]) => resolved(file, from ?? lazy ?? ''));
}

function resolved(file: string, name: string): string {
  return name.startsWith('.') ? normalize(join(dirname(file), name)).replace(/\.js$/, '') : name;
}

/** Each circle once, as the files on the way round. */
function circlesOf(files: readonly string[]): readonly string[] {
  const known = new Set(files);
  const below = new Map(
    files.map((file) => [
      file,
      importsOf(file)
        .map((name) => `${name}.ts`)
        .filter((name) => known.has(name)),
    ]),
  );
  const circles: string[] = [];
  const finished = new Set<string>();
  const visit = (file: string, way: readonly string[]): void => {
    if (way.includes(file)) circles.push([...way.slice(way.indexOf(file)), file].join(' -> '));
    if (way.includes(file) || finished.has(file)) return;
    for (const next of below.get(file) ?? []) visit(next, [...way, file]);
    finished.add(file);
  };
  for (const file of files) visit(file, []);
  return circles;
}

describe('imports point down', () => {
  const cases = Object.entries(layers).flatMap(([folder, mayImport]) =>
    sources(folder).map((file) => ({ file, mayImport: [`${folder}/`, ...mayImport] })),
  );

  test.each(cases)('given $file, then it imports only what its layer may touch', ({ file, mayImport }) => {
    const outside = importsOf(file).filter((name) => !mayImport.some((allowed) => name.startsWith(allowed)));
    expect(outside).toEqual([]);
  });

  test('given all files, then no imports run in a circle', () => {
    expect(circlesOf(checkedFolders.flatMap(sources))).toEqual([]);
  });

  test('given lambda/, then three files lie outside its rooms', () => {
    const loose = sources('lambda').filter((file) => dirname(file) === 'lambda');
    expect(loose.map((file) => relative('lambda', file)).sort()).toEqual([
      'contract.ts',
      'errors.ts',
      'ports.ts',
    ]);
  });

  test('given the layers, then Biome holds each with one glob', () => {
    const { overrides } = JSON.parse(readFileSync(join(root, 'biome.json'), 'utf8')) as {
      overrides: readonly { includes: readonly string[] }[];
    };
    const globs = overrides.flatMap(({ includes }) => includes);
    expect(globs).toEqual(expect.arrayContaining(Object.keys(layers).map((folder) => `${folder}/**`)));
  });

  test.each(pureFolders.flatMap(sources).map((file) => [file]))(
    'given %s, then it reads neither the clock nor the environment',
    (file) => {
      const text = readFileSync(join(root, file), 'utf8');
      expect(text).not.toMatch(/Date\.now\(|new Date\(\)|process\.env|Math\.random\(/);
    },
  );
});
