import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const root = join(__dirname, '..', '..');

/** Names of blocks by the page that holds them; a page is a path in the project. */
type Pages = Readonly<Record<string, readonly string[]>>;

/** Blocks that this machine alone can write: outputs, tables and help. */
export const generatedBlocks: Pages = {
  'README.md': ['picture', 'start', 'scenarios', 'commands'],
  'docs/commands.md': ['help'],
  'docs/iam.md': ['iam-analyst', 'iam-responder', 'iam-auditor', 'iam-learner', 'iam-deployer'],
  'docs/reliability.md': ['cost', 'storm-keys'],
  'docs/detection.md': ['explain', 'email', 'factors', 'finding', 'risks'],
};

/** Blocks that hold what commands print against a stack on the emulator. */
export const deployedBlocks: Pages = {
  'docs/commands.md': [
    'alerts',
    'triage',
    'show',
    'where',
    'restore-dry-run',
    'restore',
    'doctor',
    'selftest',
    'replay-s3',
    'redrive',
  ],
};

/** Blocks that hold what commands print in the emulated cloud, in the order in which they run. */
export const recordedBlocks: Pages = {
  'docs/first-afternoon.md': [
    'afternoon-init',
    'afternoon-deploy',
    'afternoon-learn',
    'afternoon-attack',
    'afternoon-message',
    'afternoon-alerts',
    'afternoon-ack',
    'afternoon-restore',
    'afternoon-close',
    'afternoon-report',
    'afternoon-remove',
  ],
};

/** Blocks that hold what a long run printed on the day that stands beside them. */
export const measuredBlocks: Pages = {
  'docs/reliability.md': ['faults', 'fuzz', 'standards', 'storm', 'bench'],
  'docs/organization.md': ['scale'],
};

export function readPage(page: string): string {
  return readFileSync(join(root, page), 'utf8');
}

/** What stands between the marks of a block; `undefined` where the text has no such block. */
export function blockOf(text: string, name: string): string | undefined {
  return placeOf(name).exec(text)?.[2]?.trim();
}

/** The text with another content between the marks of a block. */
export function withBlock(text: string, name: string, content: string): string {
  if (blockOf(text, name) === undefined) throw new Error(`the text has no block ${name}`);
  return text.replace(placeOf(name), (_, begin: string, __, end: string) => `${begin}\n${content}\n\n${end}`);
}

/** Names of all blocks of a text, in their order. */
export function blocksOf(text: string): readonly string[] {
  return [...text.matchAll(/^<!-- begin: ([\w-]+) -->$/gm)].map(([, name = '']) => name);
}

/** A fenced block, of plain text by default. */
export function fenced(output: string, language = 'text'): string {
  return `\`\`\`${language}\n${output}\n\`\`\``;
}

function placeOf(name: string): RegExp {
  return new RegExp(`(<!-- begin: ${name} -->\n)([\\s\\S]*?)(<!-- end: ${name} -->\n)`);
}
