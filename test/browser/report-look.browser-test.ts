import { readFileSync } from 'node:fs';
import type { BrowserContextOptions, Page } from 'playwright-core';
import { manyFindings } from '../fixtures/many-findings';
import type { OpenedPage } from '../harness/browser';
import { describeWith } from '../harness/tools';
import { colourOf, fourFindings, inPage, openReport } from './open-report';

const phone = { viewport: { width: 390, height: 844 } };
const axe = readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');

interface Violation {
  readonly id: string;
  readonly nodes: readonly { readonly target: readonly string[] }[];
}

/** What axe-core finds with all of its rules, WCAG 2.2 AA and its advice. */
async function violationsOf(page: Page): Promise<readonly string[]> {
  await page.evaluate(axe);
  const { violations } = (await page.evaluate('axe.run()')) as { readonly violations: readonly Violation[] };
  return violations.map(
    ({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target.join(' ')).join(', ')}`,
  );
}

describeWith(['chromium'], 'how the report looks', () => {
  let opened: OpenedPage;
  afterEach(async () => opened.close());

  test.each<[string, BrowserContextOptions]>([
    ['a light screen', { colorScheme: 'light' }],
    ['a dark screen', { colorScheme: 'dark' }],
    ['a phone', phone],
  ])('given %s, then axe-core finds nothing', async (_, options) => {
    opened = await openReport(manyFindings(120), options);
    await opened.page.click('#by-actor button');
    await opened.page.locator('tr.alert button').first().click();
    await opened.page.locator('summary:visible').last().click();
    expect(await violationsOf(opened.page)).toEqual([]);
  });

  test.each(['light', 'dark'] as const)(
    'given a %s screen, then all text has a contrast of 4.5 at least (WCAG 2.2, 1.4.3)',
    async (colorScheme) => {
      opened = await openReport(fourFindings, { colorScheme });
      expect(await opened.page.evaluate(inPage('low-contrasts.js'))).toEqual([]);
    },
  );

  test('given a phone, then the alerts come first, and the filters on demand', async () => {
    opened = await openReport(fourFindings, phone);
    const { page } = opened;
    const alert = await page.locator('tr.alert').first().boundingBox();
    const chart = await page.locator('#chart').boundingBox();
    expect(alert?.y).toBeLessThan(phone.viewport.height / 2);
    expect(chart?.y).toBeGreaterThan(alert?.y ?? 0);
    expect(await page.locator('#filters').isVisible()).toBe(false);
    await page.click('.filter-box summary');
    await page.selectOption('#order', 'time ascending');
    expect(await page.locator('tr.alert th').first().textContent()).toBe('function orders');
  });

  test('given a screen of 320 pixels, then nothing has to be scrolled sideways', async () => {
    opened = await openReport(fourFindings, { viewport: { width: 320, height: 640 } });
    await opened.page.locator('tr.alert button').first().click();
    const [wide, narrow] = (await opened.page.evaluate(
      '[document.scrollingElement.scrollWidth, window.innerWidth]',
    )) as [number, number];
    expect(wide).toBeLessThanOrEqual(narrow);
  });

  test.each(['light', 'dark'] as const)(
    'given paper from a %s screen, then the filters are left out, the alerts stay, and text is dark on white',
    async (colorScheme) => {
      opened = await openReport(fourFindings, { colorScheme });
      const { page } = opened;
      await page.emulateMedia({ media: 'print', colorScheme });
      expect(await page.locator('#filters').isVisible()).toBe(false);
      expect(await page.locator('tr.alert').first().isVisible()).toBe(true);
      expect(await page.evaluate(inPage('low-contrasts.js'))).toEqual([]);
      expect(await page.evaluate('getComputedStyle(document.body).backgroundColor')).toBe(
        'rgb(255, 255, 255)',
      );
    },
  );

  test('given paper and more alerts than are listed, then it says so', async () => {
    opened = await openReport(manyFindings(120));
    await opened.page.emulateMedia({ media: 'print' });
    const listed = opened.page.locator('#listed');
    expect([await listed.isVisible(), await listed.textContent()]).toEqual([
      true,
      'The first 50 of 120 alerts are listed.',
    ]);
  });

  test('given paper, then the severities differ in how dark they are, and a badge needs no background', async () => {
    opened = await openReport();
    const { page } = opened;
    await page.emulateMedia({ media: 'print' });
    const greys = (await page.evaluate(inPage('printed-greys.js'))) as readonly number[];
    expect(greys).toEqual([...greys].sort((a, b) => b - a));
    expect(new Set(greys).size).toBe(4);
    expect(await colourOf(page, '.badge')).toBe('rgb(0, 0, 0)');
  });
});
