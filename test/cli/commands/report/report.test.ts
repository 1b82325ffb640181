import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Progress } from '../../../../cli/commands/replay/progress';
import { replayLogs } from '../../../../cli/commands/report/collect';
import { FakeTerminal } from '../../../harness/fake-terminal';
import { temporaryFolder } from '../../../harness/temporary-folder';
import { projectFolder, runLayerwatch } from '../../run-layerwatch';

const samples = join(projectFolder, 'samples');
const config = join(samples, 'layerwatch.config.json');
const folder = temporaryFolder();

/** The data that a page holds. */
function dataOf(file: string): {
  readonly alerts: readonly { readonly id: string; readonly headline: string }[];
} {
  const [, json = '{}'] =
    /<script type="application\/json" id="data">(.*?)<\/script>/s.exec(readFileSync(file, 'utf8')) ?? [];
  return JSON.parse(json);
}

test('given logs, or what replay printed of them, then the page holds the same alerts, the newest first', async () => {
  const [fromLogs, fromFindings] = [join(folder, 'a.html'), join(folder, 'b.html')];
  await runLayerwatch(['report', join(samples, 'logs'), '--config', config, '-o', fromLogs]);
  const { stdout } = await runLayerwatch(['replay', join(samples, 'logs'), '--config', config, '--json']);
  await runLayerwatch(['report', '--findings', '-', '-o', fromFindings], { input: stdout });
  expect(dataOf(fromLogs).alerts).toHaveLength(6);
  expect(dataOf(fromFindings).alerts).toEqual(dataOf(fromLogs).alerts);
  expect(dataOf(fromLogs).alerts[0]?.headline).toContain('removed from function reports');
});

test('given logs that take a while, then a terminal shows how far they are read', async () => {
  const terminal = new FakeTerminal();
  let seconds = 0;
  const progress = new Progress(terminal as unknown as NodeJS.WriteStream, () => 1_000 * seconds++);
  await replayLogs([join(samples, 'logs')], config, progress);
  expect(terminal.text).toMatch(/Replayed .+ files/);
});

test('given - for the file, then the page goes to stdout', async () => {
  const { stdout } = await runLayerwatch(['report', join(samples, 'logs'), '-o', '-']);
  expect(stdout).toMatch(/^<!doctype html>/);
});

test('given lines that are no findings, then ten are named, the rest is counted, and the exit code says so', async () => {
  const file = join(folder, 'wrong.ndjson');
  writeFileSync(file, Array.from({ length: 30 }, (_, index) => `{"line":${index}}`).join('\n'));
  const ran = await runLayerwatch(['report', '--findings', file, '-o', join(folder, 'c.html')]);
  expect(ran.exitCode).toBe(1);
  expect(ran.stderr.match(/no finding of replay --json/g)).toHaveLength(11);
  expect(ran.stderr).toContain('20 more lines: no finding');
});

test.each([
  [
    ['report', 's3://trail/AWSLogs'],
    /layerwatch replay s3:\/\/\.\.\. --json \| layerwatch report --findings -/,
  ],
  [['report', '--findings', '/nowhere'], /"\/nowhere" cannot be read/],
])('given %j, then it ends with 2 and says what to do', async (args, sentence) => {
  const ran = await runLayerwatch(args);
  expect(ran.exitCode).toBe(2);
  expect(ran.stderr).toMatch(sentence);
});
