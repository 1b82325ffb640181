import { execFileSync } from 'node:child_process';
import { isInstalled } from '../../harness/tools';
import { projectFolder } from '../run-layerwatch';

const program =
  "require('tsx/cjs'); process.stdout.write(JSON.stringify(require('./cli/output/style.ts').styled('x', ['bold', 'red'])))";
const node = [process.execPath, '-e', program] as const;
// Node shows no colours where CI is set.
const env = { ...process.env, CI: undefined, FORCE_COLOR: undefined, NO_COLOR: undefined, TERM: 'xterm' };
const plain = '"x"';

test('given no terminal, then a text has no colours', () => {
  const output = execFileSync(node[0], node.slice(1), { cwd: projectFolder, env, encoding: 'utf8' });
  expect(output).toBe(plain);
});

const onTerminal = isInstalled('script') ? test : test.skip;

/** What it prints on a pseudo-terminal. */
function printed(variables: Readonly<Record<string, string>>): string {
  const command = node.map((word) => `'${word.replaceAll("'", "'\\''")}'`).join(' ');
  const options = { cwd: projectFolder, env: { ...env, ...variables }, encoding: 'utf8' } as const;
  return execFileSync('script', ['-qefc', command, '/dev/null'], options);
}

onTerminal('given a terminal, then a text has each style', () => {
  expect(JSON.parse(printed({}))).toBe('\u001b[31m\u001b[1mx\u001b[22m\u001b[39m');
});

onTerminal.each([{ NO_COLOR: '1' }, { TERM: 'dumb' }])(
  'given a terminal and %j, then it has none',
  (variables) => {
    expect(printed(variables)).toBe(plain);
  },
);
