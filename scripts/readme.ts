import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Command } from 'commander';
import { buildProgram } from '../cli/command-line';
import { factorDescriptions } from '../lambda/detection/risk';
import { picturesOf } from './pictures';
import { riskRows, storyRows } from './story-tables';

const root = join(__dirname, '..');

/** The README and its pictures, as the sample run and the stories make them, by path in the project. */
export async function currentReadme(): Promise<Readonly<Record<string, string>>> {
  const messages = mkdtempSync(join(tmpdir(), 'layerwatch-readme-'));
  const { start, email } = sampleRun(messages);
  const readme = readFileSync(join(root, 'README.md'), 'utf8');
  const { 'email.svg': emailSvg = '', 'slack.svg': slackSvg = '' } = picturesOf(messages);
  const tables = [
    ['factors', '\nBands:', ['factor', 'points', 'when'], factorRows()],
    ['stories', '\n<!-- end: stories -->', ['', 'notifications', 'missed', 'needless'], await storyRows()],
    ['risks', '\n<!-- end: risks -->', ['story', 'band', 'score'], await riskRows()],
  ] as const;
  const withTables = tables.reduce(
    (text, [name, end, head, rows]) => withTable(text, name, end, markdownTable(head, rows)),
    readme,
  );
  return {
    'README.md': withHelp(
      withOutput(withOutput(withOutput(withTables, 'start', start), 'email', email), 'explain', explained()),
    ),
    'docs/email.svg': emailSvg,
    'docs/slack.svg': slackSvg,
  };
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

function explained(): string {
  const words = [
    'explain',
    'samples/logs/2026-10-06-cloudtrail.json',
    '--event-id',
    '11111111-0000-4000-8000-000000000005',
    '--config',
    'samples/layerwatch.config.json',
  ];
  return execFileSync(process.execPath, [join(root, 'bin', 'layerwatch.cjs'), ...words], {
    cwd: root,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'ignore'],
  }).trimEnd();
}

function withOutput(readme: string, name: string, output: string): string {
  const place = new RegExp(`(<!-- output: ${name} -->\n\`\`\`text\n)[^]*?(\`\`\`\n)`);
  return readme.replace(place, (_, before: string, after: string) => `${before}${output}\n${after}`);
}

/** The help of every command, folded away. */
function withHelp(readme: string): string {
  const blocks = buildProgram(() => {}).commands.map((command) => {
    const name = command.name();
    const help = helpOf(command);
    return `<details><summary><code>${name}</code></summary>\n\n\`\`\`text\n${help}\n\`\`\`\n\n</details>`;
  });
  const place = /(<!-- help -->\n)[\s\S]*?(<!-- end: help -->)/;
  return readme.replace(
    place,
    (_, before: string, after: string) => `${before}\n${blocks.join('\n')}\n\n${after}`,
  );
}

function helpOf(command: Command): string {
  const parts: string[] = [];
  command.configureOutput({ writeOut: (text) => parts.push(text), getOutHelpWidth: () => 100 });
  command.outputHelp();
  return parts.join('').trim();
}

function factorRows(): readonly (readonly string[])[] {
  return factorDescriptions.map(({ id, defaultPoints, when }) => [`\`${id}\``, String(defaultPoints), when]);
}

/** Replaces what stands between the table's mark and the text that follows it. */
function withTable(readme: string, name: string, end: string, table: string): string {
  const mark = `<!-- table: ${name} -->\n`;
  const from = readme.indexOf(mark) + mark.length;
  const to = readme.indexOf(end, from);
  if (from < mark.length || to < 0) throw new Error(`the README has no place for the table ${name}`);
  return `${readme.slice(0, from)}\n${table}\n${readme.slice(to)}`;
}

function markdownTable(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const widths = head.map((_, index) =>
    Math.max(3, ...[head, ...rows].map((row) => (row[index] ?? '').length)),
  );
  const line = (cells: readonly string[]) =>
    `| ${cells.map((cell, index) => cell.padEnd(widths[index] ?? 0)).join(' | ')} |`;
  return [line(head), line(widths.map((width) => '-'.repeat(width))), ...rows.map(line)].join('\n');
}

async function writeReadme(): Promise<void> {
  for (const [file, text] of Object.entries(await currentReadme())) writeFileSync(join(root, file), text);
}

if (require.main === module) void writeReadme();
