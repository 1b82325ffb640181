import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { isInstalled } from '../../harness/tools';
import { projectFolder } from '../run-layerwatch';

/** Prints the answer, or the code of the error. */
const program = `
require('tsx/cjs');
const { confirm } = require('./cli/output/ask.ts');
confirm('Sure?').then((answer) => console.log('answer ' + answer), ({ code, message }) => console.log(code, message));
`;

const onTerminal = isInstalled('script') ? test : test.skip;

onTerminal.each([
  ['yes', 'yes\r', 'answer true'],
  ['y', 'y\r', 'answer true'],
  ['an empty line', '\r', 'answer false'],
  ['another word', 'maybe\r', 'answer false'],
  ['Ctrl-C', '\u0003', 'Cancelled cancelled; nothing was changed'],
  ['Ctrl-D', '\u0004', 'Cancelled cancelled; nothing was changed'],
])('given %s at a question, then the answer is known', async (_, typed, expected) => {
  const command = `'${process.execPath}' -e '${program.replaceAll("'", "'\\''")}'`;
  const child = spawn('script', ['-qefc', command, '/dev/null'], { cwd: projectFolder });
  let shown = '';
  child.stdout.on('data', (chunk) => {
    if (!shown.includes('[y/N]') && (shown + String(chunk)).includes('[y/N]')) child.stdin.write(typed);
    shown += String(chunk);
  });
  await once(child, 'close');
  expect(shown).toContain(expected);
});

test('given no terminal, then the question is refused with the option that answers it', async () => {
  const child = spawn(process.execPath, ['-e', program], {
    cwd: projectFolder,
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  let output = '';
  child.stdout.on('data', (chunk) => {
    output += String(chunk);
  });
  await once(child, 'close');
  expect(output).toMatch(/^Usage there is no terminal to ask "Sure\?"; pass --yes/);
});
