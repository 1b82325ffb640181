import { spawn } from 'node:child_process';
import { once } from 'node:events';

/** The program that opens an address, by platform; each receives it as one argument, and no shell reads it. */
const openers: ReadonlyMap<string, readonly [program: string, ...args: string[]]> = new Map([
  ['darwin', ['open']],
  ['win32', ['rundll32', 'url.dll,FileProtocolHandler']],
]);

const defaultOpener = ['xdg-open'] as const;

/** Opens an address in the browser, and answers whether a program for it could be started. */
export async function openAddress(address: string): Promise<boolean> {
  const [program, ...args] = openers.get(process.platform) ?? defaultOpener;
  const child = spawn(program, [...args, address], { detached: true, stdio: 'ignore' });
  try {
    await once(child, 'spawn');
  } catch {
    return false;
  }
  child.on('error', () => {});
  child.unref();
  return true;
}
