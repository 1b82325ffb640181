import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, normalize, relative } from 'node:path';

const root = join(__dirname, '..');

/** What the files of a folder may import: beginnings of project paths and of package names. */
const layers: readonly { readonly folder: string; readonly mayImport: readonly string[] }[] = [
  {
    folder: 'lambda/detection',
    mayImport: ['lambda/detection/', 'node:crypto', 'valibot', 'fastest-levenshtein'],
  },
  {
    folder: 'lambda/context',
    mayImport: ['lambda/context/', 'lambda/detection/', 'lambda/ports', 'node:net'],
  },
  {
    folder: 'lambda/notification',
    mayImport: ['lambda/notification/', 'lambda/detection/', 'lambda/ports', 'lambda/sweep-ports'],
  },
  {
    folder: 'lambda/aws',
    mayImport: [
      'lambda/aws/',
      'lambda/detection/',
      'lambda/notification/',
      'lambda/ports',
      'lambda/sweep-ports',
      'lambda/contract',
      'lambda/errors',
      'fflate',
      '@aws-sdk/',
      '@smithy/',
      'mmdb-lib',
      'node:',
    ],
  },
  {
    folder: 'lib',
    mayImport: [
      'lib/',
      'lambda/contract',
      'lambda/detection/',
      'aws-cdk-lib',
      'constructs',
      'cdk-nag',
      'node:',
    ],
  },
];

const pureFolders = ['lambda/detection', 'lambda/context', 'lambda/notification'];

function sources(folder: string): readonly string[] {
  return readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts'))
    .map((name) => join(folder, name));
}

function importsOf(file: string): readonly string[] {
  const text = readFileSync(join(root, file), 'utf8');
  const names = [...text.matchAll(/^(?:import|export)[^;]*?from '([^']+)'|import\('([^']+)'\)/gm)];
  return names.map(([, from, dynamic]) => resolved(file, from ?? dynamic ?? ''));
}

function resolved(file: string, name: string): string {
  return name.startsWith('.') ? normalize(join(dirname(file), name)) : name;
}

describe('imports point down', () => {
  test.each(layers.flatMap(({ folder, mayImport }) => sources(folder).map((file) => ({ file, mayImport }))))(
    'given $file, then it imports only what its layer may touch',
    ({ file, mayImport }) => {
      const outside = importsOf(file).filter(
        (name) => !mayImport.some((allowed) => name.startsWith(allowed)),
      );
      expect(outside).toEqual([]);
    },
  );

  test('given an SDK client, then only the adapters and what composes them import it', () => {
    const composing = [
      'lambda/compose-pipeline.ts',
      'lambda/compose-selftester.ts',
      'lambda/compose-sweeper.ts',
    ];
    const importers = sources('lambda')
      .filter((file) => importsOf(file).some((name) => name.startsWith('@aws-sdk/')))
      .filter((file) => !file.startsWith('lambda/aws/') && !composing.includes(relative('.', file)));
    expect(importers).toEqual([]);
  });

  test.each(pureFolders.flatMap(sources).map((file) => [file]))(
    'given %s, then it reads neither the clock nor the environment',
    (file) => {
      const text = readFileSync(join(root, file), 'utf8');
      expect(text).not.toMatch(/Date\.now\(|new Date\(\)|process\.env|Math\.random\(/);
    },
  );
});
