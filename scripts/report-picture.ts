import { execFileSync } from 'node:child_process';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { BrowserContextOptions } from 'playwright-core';
import { openPage } from '../test/harness/browser';

interface Picture {
  readonly options: BrowserContextOptions;
  readonly onPaper?: boolean;
}

const desk = { width: 1100, height: 1250 };

const pictures: Readonly<Record<string, Picture>> = {
  light: { options: { colorScheme: 'light', viewport: desk } },
  dark: { options: { colorScheme: 'dark', viewport: desk } },
  phone: { options: { colorScheme: 'light', viewport: { width: 390, height: 844 } } },
  // A4 at 96 pixels per inch.
  print: { options: { colorScheme: 'light', viewport: { width: 794, height: 1123 } }, onPaper: true },
};

/** Makes docs/report-*.png: the report of the sample set, as a browser shows it. */
async function main(): Promise<void> {
  const root = join(__dirname, '..');
  const file = join(mkdtempSync(join(tmpdir(), 'layerwatch-picture-')), 'report.html');
  const config = join(root, 'samples', 'layerwatch.config.json');
  const command = [
    join(root, 'bin', 'layerwatch.cjs'),
    'report',
    'samples/logs',
    '--config',
    config,
    '-o',
    file,
  ];
  execFileSync(process.execPath, command, { cwd: root, stdio: 'ignore' });
  for (const [name, { options, onPaper = false }] of Object.entries(pictures)) {
    const { page, close } = await openPage(file, options);
    if (onPaper) await page.emulateMedia({ media: 'print' });
    await page.screenshot({ path: join(root, 'docs', `report-${name}.png`) });
    await close();
  }
}

void main();
