import { execFileSync } from 'node:child_process';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Command } from 'commander';
import { buildProgram } from '../cli/command-line';
import type { FindingDocument } from '../lambda/detection/finding-document';
import { factorDescriptions } from '../lambda/detection/risk';
import { allStories } from '../test/stories/run-story';
import { costTable } from './cost/table';
import { picturesOf } from './pictures';
import { iamPolicies } from './readme/iam-policies';
import { markdownTable } from './readme/markdown-table';
import { fenced, generatedBlocks, readPage, withBlock } from './readme/pages';
import { indexTemplate } from './standards/elastic-template';
import { findingSchema } from './standards/finding-schema';
import { keyUnitsTable } from './storm/key-units';
import { stormSizes } from './storm/records';
import { riskRows, storyRows } from './story-tables';

const root = join(__dirname, '..');
const sampleConfiguration = 'samples/layerwatch.config.json';

/** The pages and pictures as the programs write them now, by path in the project. */
export async function currentPages(): Promise<Readonly<Record<string, string>>> {
  const messages = mkdtempSync(join(tmpdir(), 'layerwatch-readme-'));
  const blocks = await currentBlocks(messages);
  const { 'email.svg': emailSvg = '', 'slack.svg': slackSvg = '' } = picturesOf(messages);
  const pages = Object.entries(generatedBlocks).map(([page, names]) => [
    page,
    names.reduce((text, name) => withBlock(text, name, blocks.get(name) ?? ''), readPage(page)),
  ]);
  return {
    ...Object.fromEntries(pages),
    'docs/email.svg': emailSvg,
    'docs/slack.svg': slackSvg,
    ...standardsFiles(),
  };
}

/** The schema of the finding document, and the index template that follows from it. */
function standardsFiles(): Readonly<Record<string, string>> {
  const schema = findingSchema();
  return {
    'docs/finding.schema.json': `${formattedJson(schema)}\n`,
    'docs/elastic/index-template.json': `${formattedJson(indexTemplate(schema))}\n`,
  };
}

/** The content of every generated block; the messages of the sample run are written into a folder on the way. */
async function currentBlocks(messages: string): Promise<ReadonlyMap<string, string>> {
  const { start, email } = sampleRun(messages);
  return new Map([
    ['picture', pictureOf(email)],
    ['start', fenced(start)],
    ['email', fenced(email)],
    ['explain', fenced(explainedRecord())],
    ['finding', fenced(worstFinding(), 'json')],
    ['scenarios', await scenarios()],
    ['factors', markdownTable(['factor', 'points', 'when'], factorRows())],
    ['risks', markdownTable(['scenario', 'severity', 'score'], await riskRows())],
    ['cost', costTable()],
    ['storm-keys', keyUnitsTable(stormSizes)],
    ['commands', markdownTable(['command', 'what it does'], commandRows())],
    ['help', helpOfAll()],
    ...[...iamPolicies()].map(
      ([role, policy]) => [`iam-${role}`, fenced(formattedJson(policy), 'json')] as const,
    ),
  ]);
}

/** What the sample run prints, in two pieces: the table, and the email of the worst alert. */
function sampleRun(messages: string): { readonly start: string; readonly email: string } {
  const output = execFileSync(
    process.execPath,
    [join(root, 'bin', 'layerwatch.cjs'), 'replay', '--messages', messages],
    {
      encoding: 'utf8',
      env: { ...process.env, FORCE_COLOR: undefined, NO_COLOR: '1' },
      stdio: ['ignore', 'pipe', 'ignore'],
    },
  );
  const [start = '', email = ''] = output.split('The worst of them, as its email:');
  return { start: start.trim(), email: email.trim() };
}

/** The finding of the worst alert; the clock time of its creation, which differs from run to run, is that of the call. */
function worstFinding(): string {
  const lines = layerwatch(['replay', 'samples/logs', '--config', sampleConfiguration, '--json']).split('\n');
  const [worst] = lines
    .map((line) => JSON.parse(line) as FindingDocument)
    .sort((a, b) => b.event.risk_score - a.event.risk_score);
  if (worst === undefined) throw new Error('the sample set has no alert');
  const { event, ...rest } = worst;
  return formattedJson({ ...rest, event: { ...event, created: worst['@timestamp'] } });
}

/** JSON as the formatter of the project's pages lays it out. */
function formattedJson(value: unknown): string {
  const command = [join(root, 'node_modules', '@biomejs', 'biome', 'bin', 'biome'), 'format'];
  return execFileSync(process.execPath, [...command, '--stdin-file-path=finding.json'], {
    cwd: root,
    encoding: 'utf8',
    input: JSON.stringify(value, undefined, 2),
  }).trim();
}

function explainedRecord(): string {
  const file = 'samples/logs/2026-10-06-cloudtrail.json';
  const id = '11111111-0000-4000-8000-000000000005';
  return layerwatch(['explain', file, '--event-id', id, '--config', sampleConfiguration]);
}

function layerwatch(args: readonly string[]): string {
  const command = [join(root, 'bin', 'layerwatch.cjs'), ...args];
  return execFileSync(process.execPath, command, {
    cwd: root,
    encoding: 'utf8',
    env: { ...process.env, NO_COLOR: '1' },
    stdio: ['ignore', 'pipe', 'ignore'],
  }).trimEnd();
}

/** The picture of the email, with its subject and its first sentence as the alternative text. */
function pictureOf(email: string): string {
  const [subject = '', , sentence = ''] = email.split('\n');
  const text = `${subject.replace('Subject: ', 'Email, ')}. ${sentence}`.replace(/[[\]]/g, '');
  return `![${text}](docs/email.svg)`;
}

async function scenarios(): Promise<string> {
  const head = ['', 'notifications', 'false negatives', 'false positives'];
  const sentence = `On ${allStories().length} scenarios of attacks and of routine changes, each labelled with what it should notify`;
  return `${sentence}, against\nrules that look at one record (\`npm run stories\` prints every scenario):\n\n${markdownTable(head, await storyRows())}`;
}

function factorRows(): readonly (readonly string[])[] {
  return factorDescriptions.map(({ id, defaultPoints, when }) => [`\`${id}\``, String(defaultPoints), when]);
}

function commandRows(): readonly (readonly string[])[] {
  return commands().map((command) => [
    `[\`${command.name()}\`](docs/commands.md#${command.name()})`,
    command.description(),
  ]);
}

/** The help of every command, folded away. */
function helpOfAll(): string {
  return commands()
    .map((command) => {
      const summary = `<details><summary><code>layerwatch ${command.name()} --help</code></summary>`;
      return `${summary}\n\n${fenced(helpOf(command))}\n\n</details>`;
    })
    .join('\n');
}

function commands(): readonly Command[] {
  return buildProgram(() => {}).commands;
}

function helpOf(command: Command): string {
  const parts: string[] = [];
  command.configureOutput({ writeOut: (text) => parts.push(text), getOutHelpWidth: () => 100 });
  command.outputHelp();
  return parts.join('').trim();
}

async function writePages(): Promise<void> {
  for (const [file, text] of Object.entries(await currentPages())) writeFileSync(join(root, file), text);
}

if (require.main === module) void writePages();
