import { textOf } from './pages';

interface Manifest {
  readonly version: string;
  readonly engines: { readonly node: string };
  readonly dependencies: Readonly<Record<string, string>>;
  readonly devDependencies: Readonly<Record<string, string>>;
}

const manifest = JSON.parse(textOf('package.json')) as Manifest;
const changelog = textOf('CHANGELOG.md');

test('given a dependency, then it has a reason, and no other package has one', () => {
  const names = Object.keys({ ...manifest.dependencies, ...manifest.devDependencies });
  const rows = textOf('docs/dependencies.md')
    .split('\n')
    .filter((line) => line.startsWith('| `'));
  const reasoned = rows.flatMap((row) =>
    [...(row.split('|')[1] ?? '').matchAll(/`([^`]+)`/g)].map(([, name]) => name),
  );
  expect([...reasoned].sort()).toEqual([...names].sort());
});

describe('the changelog', () => {
  const headings = [...changelog.matchAll(/^## \[([^\]]+)\](?: - (\d{4}-\d{2}-\d{2}))?$/gm)];

  test('given its first heading, then it is for what is unreleased', () => {
    expect(headings[0]?.[1]).toBe('Unreleased');
  });

  test('given its newest release, then the package has its version', () => {
    expect(headings[1]?.[1]).toBe(manifest.version);
  });

  test('given a release, then it has a day, the newest first', () => {
    const days = headings.slice(1).map(([, , day]) => day ?? '');
    expect(days.every((day) => day !== '')).toBe(true);
    expect([...days].sort().reverse()).toEqual(days);
  });

  test('given a section, then its name is one of Keep a Changelog', () => {
    const allowed = ['Added', 'Changed', 'Deprecated', 'Removed', 'Fixed', 'Security'];
    const sections = [...changelog.matchAll(/^### (.+)$/gm)].map(([, name = '']) => name);
    expect(sections).not.toEqual([]);
    expect(sections.filter((name) => !allowed.includes(name))).toEqual([]);
  });
});

test('given the version of Node for a checkout, then it satisfies the package', () => {
  const [, minimum = ''] = /^>=([\d.]+)$/.exec(manifest.engines.node) ?? [];
  const pinned = textOf('.nvmrc').trim();
  expect(minimum).not.toBe('');
  expect(pinned.localeCompare(minimum, undefined, { numeric: true })).toBeGreaterThanOrEqual(0);
});
