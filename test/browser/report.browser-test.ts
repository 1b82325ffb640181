import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { BrowserContextOptions, Page } from 'playwright-core';
import { reportPage } from '../../cli/commands/report/page';
import { reportData } from '../../cli/commands/report/report-data';
import type { FindingDocument } from '../../lambda/detection/finding-document';
import { findingOf } from '../fixtures/finding';
import { givenPublish, givenUpdate, layerVersion, roleIdentity } from '../fixtures/records';
import { type OpenedPage, openPage } from '../harness/browser';
import { temporaryFolder } from '../harness/temporary-folder';
import { describeWith } from '../harness/tools';

const foreign = layerVersion('boto-utils', 3, '999988887777');
const at = (time: string) => ({ eventTime: time });

const documents: readonly FindingDocument[] = [
  findingOf(givenUpdate([foreign], at('2026-10-06T21:14:05Z'), 'payments')),
  findingOf(givenUpdate([layerVersion('base', 1)], at('2026-10-06T09:00:00Z'), 'orders')),
  findingOf(givenPublish('util', 3, at('2026-10-05T09:00:00Z'))),
  findingOf(givenUpdate(undefined, at('2026-10-04T09:00:00Z'), 'orders')),
];

function fileOf(all: readonly FindingDocument[]): string {
  const file = join(temporaryFolder(), 'report.html');
  writeFileSync(file, reportPage(reportData(all, 'test', new Date('2026-10-07T00:00:00Z'))));
  return file;
}

/** Code that runs in the page. */
const inPage = (name: string): string => readFileSync(join(__dirname, 'in-page', name), 'utf8');

const open = (all = documents, options: BrowserContextOptions = {}) => openPage(fileOf(all), options);
const countOf = (page: Page) => page.locator('#count').textContent();

describeWith(['chromium'], 'the report in a browser', () => {
  let opened: OpenedPage;
  afterEach(async () => opened.close());

  test('given alerts, then all are there, with the worst first and its layers open', async () => {
    opened = await open();
    const { page, requests, complaints } = opened;
    expect(await countOf(page)).toBe('4 of 4 alerts');
    const worst = page.locator('#worst > li').first();
    expect(await worst.locator('.badge').textContent()).toMatch(/^high|^critical/);
    expect(await worst.locator('pre').first().textContent()).toContain('boto-utils:3');
    expect(await page.locator('#chart rect').count()).toBe(4);
    expect([requests, complaints]).toEqual([[], []]);
  });

  test('given a filter, a search and an entry of a list, then what fits is shown, and clearing shows all', async () => {
    opened = await open();
    const { page } = opened;
    await page.selectOption('#change', 'published');
    expect(await countOf(page)).toBe('1 of 4 alerts');
    await page.click('#clear');
    await page.fill('#search', 'ORDERS function');
    expect(await countOf(page)).toBe('2 of 4 alerts');
    await page.click('#clear');
    await page.click('#by-provenance button:has-text("unknown-account")');
    expect(await countOf(page)).toBe('1 of 4 alerts');
    await page.fill('#search', 'nothing that is there');
    expect(await countOf(page)).toBe('0 of 4 alerts');
    expect(await page.locator('#chart svg').count()).toBe(0);
  });

  test('given a keyboard alone, then one can search, filter and open an alert', async () => {
    opened = await open();
    const { page } = opened;
    await page.keyboard.press('Tab');
    await page.keyboard.type('payments');
    expect(await countOf(page)).toBe('1 of 4 alerts');
    await page.locator('#all summary').first().focus();
    await page.keyboard.press('Enter');
    expect(await page.locator('#all details[open]').count()).toBe(1);
  });

  test('given hostile names, then nothing of them runs, nothing is asked for, and they are shown as text', async () => {
    const hostile = [
      '</script><script>window.taken = 1</script>',
      '<img src=http://localhost:1/x onerror="window.taken = 2">',
      '"><svg onload=window.taken=3>',
      '__proto__',
      'javascript:window.taken=4',
      '\u202efdp.exe\u0000',
    ];
    const all = hostile.map((name) =>
      findingOf(
        givenUpdate([`arn:aws:lambda:eu-west-3:999988887777:layer:${name}:1`], hostileActor(name), name),
      ),
    );
    opened = await open(all);
    const { page, requests, complaints } = opened;
    for (const name of hostile) {
      await page.fill('#search', name.replaceAll('\u202e', '').slice(0, 7));
      expect(Number.parseInt((await countOf(page)) ?? '', 10)).toBeGreaterThan(0);
    }
    expect(await page.evaluate('window.taken')).toBeUndefined();
    expect(await page.locator('img, iframe, a, svg[onload]').count()).toBe(0);
    expect([requests, complaints]).toEqual([[], []]);
    expect(await page.locator('body').textContent()).not.toContain('\u202e');
  });

  test('given code that got into the page all the same, then the policy does not let it run or ask', async () => {
    opened = await open();
    const { page, complaints } = opened;
    await page.evaluate(inPage('inject.js'));
    await page.waitForTimeout(200);
    expect(await page.evaluate('window.taken')).toBeUndefined();
    expect(complaints.filter((line) => line.includes('Content Security Policy'))).toHaveLength(2);
  });

  test.each(['light', 'dark'] as const)(
    'given a %s screen, then all text has a contrast of 4.5 at least (WCAG 2.2, 1.4.3)',
    async (colorScheme) => {
      opened = await open(documents, { colorScheme });
      expect(await opened.page.evaluate(inPage('low-contrasts.js'))).toEqual([]);
    },
  );

  test('given a phone of 320 pixels, then nothing has to be scrolled sideways', async () => {
    opened = await open(documents, { viewport: { width: 320, height: 640 } });
    const [wide, narrow] = (await opened.page.evaluate(
      '[document.scrollingElement.scrollWidth, window.innerWidth]',
    )) as [number, number];
    expect(wide).toBeLessThanOrEqual(narrow);
  });

  test('given paper, then the filters are left out and the alerts stay', async () => {
    opened = await open();
    await opened.page.emulateMedia({ media: 'print' });
    expect(await opened.page.locator('#filters').isVisible()).toBe(false);
    expect(await opened.page.locator('#worst').isVisible()).toBe(true);
  });

  test('given ten thousand alerts, then the first 200 are listed, more on demand, and a search is quick', async () => {
    const [first] = documents;
    const many = Array.from({ length: 10_000 }, () => first as FindingDocument);
    opened = await open(many);
    const { page } = opened;
    expect(await page.locator('#all > li').count()).toBe(200);
    await page.click('#more');
    expect(await page.locator('#all > li').count()).toBe(400);
    await page.fill('#search', 'payments');
    expect(await countOf(page)).toBe('10000 of 10000 alerts');
  });
});

function hostileActor(name: string) {
  const context = roleIdentity['sessionContext'] as Record<string, unknown>;
  const sessionIssuer = { ...(context['sessionIssuer'] as object), userName: name };
  return { userIdentity: { ...roleIdentity, sessionContext: { ...context, sessionIssuer } } };
}
