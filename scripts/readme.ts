import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { factorDescriptions } from '../lambda/detection/risk';
import { picturesOf } from './pictures';

const root = join(__dirname, '..');

/** The README and its pictures, as the sample run makes them, by path in the project. */
export function currentReadme(): Readonly<Record<string, string>> {
  const messages = mkdtempSync(join(tmpdir(), 'layerwatch-readme-'));
  const { start, email } = sampleRun(messages);
  const readme = readFileSync(join(root, 'README.md'), 'utf8');
  const { 'email.svg': emailSvg = '', 'slack.svg': slackSvg = '' } = picturesOf(messages);
  return {
    'README.md': withFactors(withOutput(withOutput(readme, 'start', start), 'email', email)),
    'docs/email.svg': emailSvg,
    'docs/slack.svg': slackSvg,
  };
}

/** What the sample run prints, in two pieces: the table, and the email of the worst alert. */
function sampleRun(messages: string): { readonly start: string; readonly email: string } {
  const output = execFileSync(
    process.execPath,
    [join(root, 'bin', 'layerwatch.cjs'), 'replay', '--messages', messages],
    { encoding: 'utf8', env: { ...process.env, NO_COLOR: '1' }, stdio: ['ignore', 'pipe', 'ignore'] },
  );
  const [start = '', email = ''] = output.split('The worst of them, as its email:');
  return { start: start.trim(), email: email.trim() };
}

function withOutput(readme: string, name: string, output: string): string {
  const place = new RegExp(`(<!-- output: ${name} -->\n\`\`\`text\n)[^]*?(\`\`\`\n)`);
  return readme.replace(place, (_, before: string, after: string) => `${before}${output}\n${after}`);
}

function withFactors(readme: string): string {
  const place = /(<!-- table: factors -->\n)[\s\S]*?(\nBands:)/;
  const rows = factorDescriptions.map(({ id, defaultPoints, when }) => [
    `\`${id}\``,
    String(defaultPoints),
    when,
  ]);
  const table = markdownTable(['factor', 'points', 'when'], rows);
  return readme.replace(place, (_, before: string, after: string) => `${before}\n${table}\n${after}`);
}

function markdownTable(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const widths = head.map((name, index) =>
    Math.max(...[head, ...rows].map((row) => (row[index] ?? name).length)),
  );
  const line = (cells: readonly string[]) =>
    `| ${cells.map((cell, index) => cell.padEnd(widths[index] ?? 0)).join(' | ')} |`;
  return [line(head), line(widths.map((width) => '-'.repeat(width))), ...rows.map(line)].join('\n');
}

if (require.main === module) {
  for (const [file, text] of Object.entries(currentReadme())) writeFileSync(join(root, file), text);
}
