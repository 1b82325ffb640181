import { spawn } from 'node:child_process';
import { chmodSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { addressOf } from '../../../../cli/commands/open/run-open';
import { findingOf } from '../../../fixtures/finding';
import { givenPublish, givenUpdate } from '../../../fixtures/records';
import { killAfterwards } from '../../../harness/processes';
import { temporaryFolder } from '../../../harness/temporary-folder';
import { waitUntil } from '../../../harness/wait-until';
import { projectFolder } from '../../run-layerwatch';

const folder = temporaryFolder();

/** Prints whether a program was started. The path of programs is read by the process itself. */
const program = `
require('tsx/cjs');
const { openAddress } = require('./cli/output/open-address.ts');
openAddress(process.argv[1]).then((isOpened) => console.log(isOpened));
`;

async function opened(address: string, programs: string): Promise<string> {
  const child = spawn(process.execPath, ['-e', program, address], {
    cwd: projectFolder,
    env: { ...process.env, PATH: programs },
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  killAfterwards(child);
  const output = await text(child.stdout);
  return output.trim();
}

const onLinux = process.platform === 'linux' ? test : test.skip;

onLinux('given a program for addresses, then it receives the address as one argument', async () => {
  const received = join(folder, 'received');
  writeFileSync(
    join(folder, 'xdg-open'),
    `#!/bin/sh\nprintf '%s|' "$#" "$1" > ${received}.part\n/bin/mv ${received}.part ${received}\n`,
  );
  chmodSync(join(folder, 'xdg-open'), 0o755);
  const address =
    'https://eu-west-3.console.aws.amazon.com/lambda/home?region=eu-west-3#/functions/a$(id);b&c';
  expect(await opened(address, folder)).toBe('true');
  await waitUntil({ description: 'the program', found: () => existsSync(received) });
  expect(readFileSync(received, 'utf8')).toBe(`1|${address}|`);
});

onLinux('given no program for addresses, then it says so', async () => {
  expect(await opened('https://example.com', join(folder, 'nothing'))).toBe('false');
});

test.each([
  ['target', givenUpdate([]), /\/lambda\/home\?region=eu-west-3#\/functions\/payments\?tab=code$/],
  ['target', givenPublish('util', 3), /#\/layers\/util\/versions\/3$/],
  ['event', givenUpdate([], { eventID: 'e-1' }), /\/cloudtrailv2\/home\?region=eu-west-3#\/events\/e-1$/],
  ['history', givenUpdate([]), /#\/events\?AccessKeyId=ASIAEXAMPLE000000001&/],
  ['event', givenUpdate([], { eventID: '../x' }), /^$/],
] as const)('given the page %s, then its address is made of what the record has', (page, record, address) => {
  expect(addressOf(page, findingOf(record)) ?? '').toMatch(address);
});
