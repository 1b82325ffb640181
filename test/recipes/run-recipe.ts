import { spawn } from 'node:child_process';
import { readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { startLoopbackServer } from '../harness/loopback-server';
import { killAfterwards } from '../harness/processes';
import { temporaryFolder } from '../harness/temporary-folder';

const root = join(__dirname, '..', '..');

export function pageOf(name: string): string {
  return join(root, 'docs', 'recipes', `${name}.md`);
}

/** The first fenced block of a language on a page of recipes. */
export function codeOf(name: string, language: string): string {
  const [, code] = new RegExp(`^\`\`\`${language}\n([\\s\\S]*?)^\`\`\`$`, 'm').exec(
    readFileSync(pageOf(name), 'utf8'),
  ) ?? [undefined, undefined];
  if (code === undefined) throw new Error(`${name} has no block of ${language}`);
  return code;
}

/** A folder with the code of a page in a file, in which the packages of the project are found. */
export function folderWith(file: string, code: string): string {
  const folder = temporaryFolder();
  symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'));
  writeFileSync(join(folder, file), code);
  return folder;
}

export interface Run {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs a process to its end; it has no environment but the path and what is given. */
export async function run(
  command: string,
  args: readonly string[],
  { cwd, env, input = '' }: { readonly cwd: string; readonly env: object; readonly input?: string },
): Promise<Run> {
  const child = spawn(command, args, { cwd, env: { PATH: process.env['PATH'], ...env } });
  killAfterwards(child);
  child.stdin.end(input);
  const ended = new Promise<number | null>((resolve) => child.on('close', resolve));
  const [stdout, stderr] = await Promise.all([text(child.stdout), text(child.stderr)]);
  return { status: await ended, stdout, stderr };
}

/** Invokes the handler of a page, as Lambda does. */
export function invoke(name: string, event: unknown, env: object): Promise<Run> {
  const call = `import('./index.mjs').then(async ({ handler }) => handler(${JSON.stringify(event)}))`;
  return run(process.execPath, ['-e', call], { cwd: folderWith('index.mjs', codeOf(name, 'js')), env });
}

/** A request as the product got it. */
export interface Received {
  readonly path: string;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: unknown;
}

export interface Product {
  readonly url: string;
  readonly received: readonly Received[];
}

/** A server that plays a product; answers with what `answer` says. */
export async function startProduct(
  answer: (request: Received) => { readonly status?: number; readonly body?: unknown },
): Promise<Product> {
  const received: Received[] = [];
  const { endpoint } = await startLoopbackServer(async (incoming, outgoing) => {
    const body = await text(incoming);
    const request = { path: incoming.url ?? '', headers: incoming.headers, body: parsed(body) };
    received.push(request);
    const { status = 200, body: answered = {} } = answer(request);
    outgoing.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(answered));
  });
  return { url: endpoint, received };
}

function parsed(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return Object.fromEntries(new URLSearchParams(body));
  }
}

/** The last block of a language on a page. Holds what the code brought about; UPDATE_README=true writes it. */
export function shownOn(name: string, language: string, brought: string): string {
  const file = pageOf(name);
  const page = readFileSync(file, 'utf8');
  const begin = page.lastIndexOf(`\`\`\`${language}\n`) + language.length + 4;
  const end = page.indexOf('\n```', begin - 1);
  if (process.env['UPDATE_README'] === 'true')
    writeFileSync(file, `${page.slice(0, begin)}${brought}${page.slice(end)}`);
  return readFileSync(file, 'utf8').slice(begin, readFileSync(file, 'utf8').indexOf('\n```', begin - 1));
}
