import { execFileSync } from 'node:child_process';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openPage } from '../test/harness/browser';

/** Makes docs/report.png: the report of the sample set, as a browser shows it in light and in dark. */
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
  for (const colorScheme of ['light', 'dark'] as const) {
    const { page, close } = await openPage(file, { colorScheme, viewport: { width: 1100, height: 900 } });
    await page.screenshot({ path: join(root, 'docs', `report-${colorScheme}.png`) });
    await close();
  }
}

void main();
