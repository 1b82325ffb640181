import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { reportData } from '../../cli/commands/report/report-data';
import { manyFindings } from '../fixtures/many-findings';
import { type OpenedPage, openPage } from '../harness/browser';
import { temporaryFolder } from '../harness/temporary-folder';
import { describeWith } from '../harness/tools';
import { inPage, reportFile } from './open-report';

const findings = manyFindings(20_000);

/** The same alerts as plain text, all of them in one table: what a browser needs for them without a program. */
function plainFile(): string {
  const { alerts } = reportData(findings, 'test', new Date(0));
  const rows = alerts.map(
    ({ band, time, target, actor, layers }) =>
      `<tr><td>${band}<td>${time}<td>${target}<td>${actor}<td>${layers.map(({ label }) => label).join(' ')}`,
  );
  const file = join(temporaryFolder(), 'plain.html');
  writeFileSync(file, `<!doctype html><meta charset="utf-8"><table>${rows.join('\n')}</table>`);
  return file;
}

/** Milliseconds from the start of the navigation to the first picture with all of the page. */
async function openingTime(page: Page): Promise<number> {
  return Number(await page.evaluate(inPage('opening-time.js')));
}

/** Milliseconds until the page is drawn anew, the median over several searches. */
async function filterTime(page: Page): Promise<number> {
  return Number(await page.evaluate(inPage('filter-time.js')));
}

describeWith(['chromium'], 'the report of 20,000 alerts', () => {
  const opened: OpenedPage[] = [];
  afterEach(async () => {
    for (const each of opened) await each.close();
  });

  test('given 20,000 alerts, then it opens about as fast as a plain table of them, and a filter takes a part of that', async () => {
    const [plain, report] = [await openPage(plainFile()), await openPage(reportFile(findings))];
    opened.push(plain, report);
    const times = {
      plain: await openingTime(plain.page),
      report: await openingTime(report.page),
      filter: await filterTime(report.page),
    };
    process.stdout.write(
      `20,000 alerts: open ${Math.round(times.report)} ms, filter ${Math.round(times.filter)} ms; a plain table opens in ${Math.round(times.plain)} ms\n`,
    );
    expect(times.report).toBeLessThan(4 * times.plain);
    expect(times.filter).toBeLessThan(times.report / 2);
    expect(await report.page.locator('*').count()).toBeLessThan(5_000);
  });
});
