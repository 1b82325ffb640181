import { findingOf } from '../fixtures/finding';
import { manyFindings } from '../fixtures/many-findings';
import { givenUpdate, layerVersion } from '../fixtures/records';
import type { OpenedPage } from '../harness/browser';
import { describeWith } from '../harness/tools';
import { countOf, foreignLayer, fourFindings, openReport, targetsOf } from './open-report';

const hashOf = (opened: OpenedPage) => opened.page.evaluate('location.hash');

describeWith(['chromium'], 'what the report shows, and in which order', () => {
  let opened: OpenedPage;
  afterEach(async () => opened.close());

  test('given a filter, a search and an entry of the breakdown, then what fits is shown, and clearing shows all', async () => {
    opened = await openReport();
    const { page } = opened;
    await page.selectOption('#change', 'published');
    expect(await countOf(page)).toBe('1 of 4 alerts');
    await page.click('#clear');
    await page.fill('#q', 'ORDERS function');
    expect(await countOf(page)).toBe('2 of 4 alerts');
    await page.click('#clear');
    await page.click('#by-provenance button:has-text("unknown account")');
    expect(await countOf(page)).toBe('1 of 4 alerts');
    await page.click('#chips button');
    expect(await countOf(page)).toBe('4 of 4 alerts');
    await page.fill('#q', 'nothing that is there');
    expect(await countOf(page)).toBe('0 of 4 alerts');
    expect(await page.locator('#chart svg').count()).toBe(0);
  });

  test.each([
    ['Time, UTC', 'time', 'descending', ['payments', 'orders', 'util', 'orders']],
    ['Function or layer', 'target', 'ascending', ['orders', 'orders', 'payments', 'util']],
  ])(
    'given the heading %p, then a click sorts by it, and a second click turns the order',
    async (label, column, order, sorted) => {
      opened = await openReport();
      const { page } = opened;
      const heading = page.locator(`#heads th.${column}`);
      const names = async () => (await targetsOf(page)).map((target) => target.split(' ')[1]);
      await heading.locator(`button:has-text("${label}")`).click();
      expect([await names(), await heading.getAttribute('aria-sort')]).toEqual([sorted, order]);
      await page.keyboard.press('Enter');
      expect(await heading.getAttribute('aria-sort')).not.toBe(order);
      expect((await names())[0]).toBe(sorted.at(-1));
      expect(await page.locator('#heads [aria-sort]').count()).toBe(1);
    },
  );

  test('given a time range, then alerts from its begin and before its end are shown', async () => {
    opened = await openReport();
    const { page } = opened;
    await page.fill('#since', '2026-10-05T09:00');
    await page.fill('#until', '2026-10-06T21:14');
    expect(await countOf(page)).toBe('2 of 4 alerts');
    await page.fill('#until', '2026-10-01T00:00');
    expect(await countOf(page)).toBe('0 of 4 alerts: the time range ends before it begins');
  });

  test('given a bar, then a click shows the alerts of its time alone', async () => {
    opened = await openReport();
    const { page } = opened;
    await page.locator('#chart .bar').last().click();
    expect([await page.inputValue('#since'), await page.inputValue('#until')]).toEqual([
      '2026-10-06T21:00',
      '2026-10-06T22:00',
    ]);
    expect(await countOf(page)).toBe('1 of 4 alerts');
  });

  test('given a keyboard alone, then one can search, choose a bar and open an alert', async () => {
    opened = await openReport();
    const { page } = opened;
    await page.keyboard.press('Tab');
    await page.keyboard.type('orders');
    expect(await countOf(page)).toBe('2 of 4 alerts');
    await page.locator('#chart .bar[tabindex="0"]').focus();
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('Enter');
    expect(await countOf(page)).toBe('1 of 4 alerts');
    await page.locator('tr.alert button').focus();
    await page.keyboard.press('Enter');
    expect(await page.locator('tr.opened:visible').count()).toBe(1);
  });

  test('given alerts over three days, then the axes have ticks for counts, hours and days', async () => {
    opened = await openReport();
    const labels = await opened.page.locator('#chart text').allTextContents();
    expect(labels).toEqual(['0', '1', '12:00', '18:00', '2026-10-05', '06:00', ...labels.slice(6)]);
  });

  test('given filters and an order, then the address of the page shows the same again', async () => {
    opened = await openReport();
    const { page } = opened;
    await page.fill('#q', 'orders');
    await page.click('#by-actor button');
    await page.click('#heads .time button');
    const hash = String(await hashOf(opened));
    const before = [await countOf(page), await targetsOf(page)];
    await opened.close();
    opened = await openReport(fourFindings, {}, hash);
    expect([await countOf(opened.page), await targetsOf(opened.page)]).toEqual(before);
    expect(await opened.page.inputValue('#q')).toBe('orders');
    await opened.page.click('#clear');
    expect(await hashOf(opened)).toBe('');
  });

  test.each([
    '#severity=nothing&sort=__proto__&order=up',
    '#since=yesterday&until=%00&actor=<img src=x>&constructor=1',
    '#%E0%A4%A',
  ])('given the address %p, then what it cannot mean is left out and all alerts are shown', async (hash) => {
    opened = await openReport(fourFindings, {}, hash);
    expect(await countOf(opened.page)).toBe('4 of 4 alerts');
    expect(opened.complaints).toEqual([]);
  });

  test('given many alerts, then those of one actor and layer are one entry, which filters to them', async () => {
    opened = await openReport(manyFindings(2_000));
    const { page } = opened;
    const group = page.locator('#top > li').first();
    expect(await group.locator('summary').textContent()).toMatch(
      /alerts.*boto-utils:\d by role deployer-\d+/,
    );
    await group.locator('summary').click();
    await group.locator('button:has-text("Show these alerts")').click();
    expect(await page.locator('#chips button').count()).toBe(3);
    expect(await countOf(page)).toMatch(/^\d{1,2} of 2,000 alerts$/);
  });

  test('given layers of one name and two owners, then they are two entries', async () => {
    const own = findingOf(givenUpdate([layerVersion('boto-utils', 3)]));
    const foreign = findingOf(givenUpdate([foreignLayer]));
    opened = await openReport(Array.from({ length: 12 }, (_, index) => (index === 0 ? foreign : own)));
    const groups = opened.page.locator('#top .what');
    expect(
      await Promise.all((await groups.all()).map((each) => each.getAttribute('data-provenance'))),
    ).toEqual(['unknown-account', 'own-account']);
  });

  test('given more alerts than a page, then the others are listed on demand', async () => {
    opened = await openReport(manyFindings(120));
    const { page } = opened;
    expect(await page.locator('tr.alert').count()).toBe(50);
    await page.click('#more');
    await page.click('#more');
    expect(await page.locator('tr.alert').count()).toBe(120);
    expect(await page.locator('#more').isVisible()).toBe(false);
  });
});
