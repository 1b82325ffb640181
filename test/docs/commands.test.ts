import type { Command } from 'commander';
import { buildProgram } from '../../cli/command-line';
import { allPages, fencesOf, textOf } from './pages';

const commands = new Map(buildProgram(() => {}).commands.map((command) => [command.name(), command]));

/** What the pages ask the reader to type, word by word; a backslash continues a line. */
const lines = allPages.flatMap((page) => {
  const shell = fencesOf(textOf(page), 'sh').join('\n');
  const inline = [...textOf(page).matchAll(/`((?:npx|npm) [^`]+)`/g)].map(([, line = '']) => line);
  return [...shell.replaceAll('\\\n', ' ').split('\n'), ...inline].map((line) => ({ page, line }));
});

const layerwatchLines = lines.flatMap(({ page, line }) => {
  const [, words] = /npx layerwatch ([a-z][^|>]*)/.exec(line) ?? [];
  return words === undefined ? [] : [{ page, words: words.trim().split(/\s+/) }];
});

function optionsOf(command: Command | undefined): readonly string[] {
  const names = (command?.options ?? []).flatMap(({ long, short }) => [long, short]);
  return [...names, '--help'].flatMap((name) => name ?? []);
}

test('given a command of layerwatch in a page, then there is one', () => {
  expect(layerwatchLines.length).toBeGreaterThan(commands.size);
  expect(layerwatchLines.filter(({ words: [name = ''] }) => !commands.has(name))).toEqual([]);
});

test('given an option of layerwatch in a page, then the command takes it', () => {
  const unknown = layerwatchLines.flatMap(({ page, words: [name = '', ...rest] }) =>
    rest
      .filter((word) => /^--?[a-z]/.test(word))
      .filter((word) => !optionsOf(commands.get(name)).includes(word))
      .map((word) => `${page}: ${name} ${word}`),
  );
  expect(unknown).toEqual([]);
});

test('given a command of layerwatch, then its page has a section for it', () => {
  const page = textOf('docs/commands.md');
  expect([...commands.keys()].filter((name) => !page.includes(`\n## ${name}\n`))).toEqual([]);
});

test('given an npm script in a page, then package.json has it', () => {
  const { scripts } = JSON.parse(textOf('package.json')) as {
    readonly scripts: Readonly<Record<string, string>>;
  };
  const named = lines.flatMap(({ line }) =>
    [...line.matchAll(/npm run ([a-z:-]+)/g)].map(([, name = '']) => name),
  );
  expect(named).not.toEqual([]);
  expect(named.filter((name) => !Object.hasOwn(scripts, name))).toEqual([]);
});
