import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Argument, Option } from '@commander-js/extra-typings';
import { defineCommand } from '../../cli/define-command';
import { exitCode } from '../../cli/exit-code';
import { positiveNumber } from '../../cli/options';
import { projectFolder } from './run-layerwatch';

type Received = readonly unknown[];

const declaredArguments = [new Argument('<FILE>', 'a file')] as const;
const declaredOptions = [
  new Option('--word <WORD>', 'a word').choices(['one', 'two']),
  new Option('--limit <NUMBER>', 'a number').argParser(positiveNumber).default(50),
  new Option('--dry-run', 'a flag'),
] as const;

/** A command that remembers its input, with its help as text. */
function givenCommand() {
  const received: Received[] = [];
  let loads = 0;
  const define = defineCommand({
    name: 'sample',
    description: 'Does something.',
    arguments: declaredArguments,
    options: declaredOptions,
    callsAws: true,
    examples: [['layerwatch sample x', 'with a purpose'], ['layerwatch sample of-a-long-name --dry-run']],
    notes: 'A note.',
    exitCodes: { 0: 'done', 1: 'not done' },
    load: () => {
      loads++;
      return {
        run: async (file: string, options) => {
          // Compiles only where the types of the options follow from the declaration.
          const typed: { readonly word?: 'one' | 'two'; readonly limit: number; readonly stack: string } =
            options;
          received.push([file, typed]);
          return exitCode.unreadableInput;
        },
      };
    },
  });
  const codes: number[] = [];
  const command = define((code) => codes.push(code));
  const output: string[] = [];
  command.configureOutput({
    writeOut: (text) => output.push(text),
    writeErr: (text) => output.push(text),
    getOutHelpWidth: () => 60,
  });
  return { command, received, codes, output, loads: () => loads };
}

test('given a command line, then the handler receives the values by the names of the options', async () => {
  const { command, received } = givenCommand();
  await command.parseAsync(['x.json', '--word', 'two', '--dry-run'], { from: 'user' });
  expect(received).toEqual([['x.json', { word: 'two', limit: 50, dryRun: true, stack: 'Layerwatch' }]]);
});

test('given a handler that ran, then its exit code is reported', async () => {
  const { command, codes } = givenCommand();
  await command.parseAsync(['x.json'], { from: 'user' });
  expect(codes).toEqual([1]);
});

test('given a help, then the handler is not loaded', () => {
  const { command, loads } = givenCommand();
  command.outputHelp();
  expect(loads()).toBe(0);
});

test('given a word that is not one of the choices, then the choices are shown', async () => {
  const { command, output } = givenCommand();
  await expect(command.parseAsync(['x', '--word', 'three'], { from: 'user' })).rejects.toThrow();
  expect(output.join('')).toContain("'three' is invalid. Allowed choices are one, two.");
});

test('given a help, then examples, notes and exit codes are its end', () => {
  const { command, output } = givenCommand();
  command.outputHelp();
  expect(output.join('')).toContain(`
Examples:
  layerwatch sample x  with a purpose
  layerwatch sample of-a-long-name --dry-run

A note.

Exit codes: 0 done, 1 not done, 2 wrong use, 3 AWS call
failed.
`);
});

test('given each command, then the module that it loads is the one whose type it names', () => {
  const folder = join(projectFolder, 'cli');
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) =>
    name.endsWith('.ts'),
  );
  const loads = files.flatMap((file) => [
    ...readFileSync(join(folder, file), 'utf8').matchAll(
      /typeof import\('([^']+)'\)[^;,]*?require\('([^']+)'\)/g,
    ),
  ]);
  expect(loads.length).toBeGreaterThan(10);
  expect(loads.filter(([, type, path]) => type !== path)).toEqual([]);
});
