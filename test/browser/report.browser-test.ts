import { findingOf } from '../fixtures/finding';
import { roleNamed } from '../fixtures/many-findings';
import { givenUpdate } from '../fixtures/records';
import type { OpenedPage } from '../harness/browser';
import { describeWith } from '../harness/tools';
import { colourOf, countOf, fourFindings, inPage, openReport, targetsOf } from './open-report';

describeWith(['chromium'], 'the report in a browser', () => {
  let opened: OpenedPage;
  afterEach(async () => opened.close());

  test('given alerts, then all are there, with the worst first and its layers open', async () => {
    opened = await openReport();
    const { page, requests, complaints } = opened;
    expect(await countOf(page)).toBe('4 of 4 alerts');
    expect((await targetsOf(page))[0]).toBe('function payments');
    expect(await page.locator('tr.opened:visible').count()).toBe(1);
    expect(await page.locator('tr.opened:visible .layers').textContent()).toContain('boto-utils:3');
    expect([requests, complaints]).toEqual([[], []]);
  });

  test('given an alert, then it says why, what contains it, what to check and what undoes it, as the message does', async () => {
    opened = await openReport();
    const titles = await opened.page.locator('tr.opened:visible .steps h3').allTextContents();
    expect(titles).toEqual([
      expect.stringMatching(/^Why high \(/),
      'Contain now',
      'Keep evidence',
      'Check',
      'Undo',
    ]);
  });

  test('given a command, then its button copies it', async () => {
    opened = await openReport(fourFindings, { permissions: ['clipboard-read', 'clipboard-write'] });
    const { page } = opened;
    const command = page.locator('.steps.evidence .copyable').first();
    await command.locator('button').click();
    expect(await command.locator('button').textContent()).toBe('Copied');
    expect(await page.evaluate('navigator.clipboard.readText()')).toBe(
      await command.locator('pre').textContent(),
    );
  });

  test('given a browser without a clipboard, then the button selects the command', async () => {
    opened = await openReport();
    const { page } = opened;
    await page.evaluate(
      'Object.defineProperty(navigator, "clipboard", { value: { writeText: () => Promise.reject() } })',
    );
    const command = page.locator('.steps.evidence .copyable').first();
    await command.locator('button').click();
    expect(await command.locator('button').textContent()).toBe('Selected');
    expect(await page.evaluate('getSelection().toString()')).toBe(await command.locator('pre').textContent());
  });

  test('given a layer of an unknown account, then it has another colour than one of the own account', async () => {
    opened = await openReport();
    const { page } = opened;
    const [unknown, own] = await Promise.all(
      ['unknown-account', 'own-account'].map((each) => colourOf(page, `td [data-provenance="${each}"]`)),
    );
    expect([unknown, own]).toEqual(['rgb(163, 0, 27)', 'rgb(11, 107, 44)']);
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
        givenUpdate(
          [`arn:aws:lambda:eu-west-3:999988887777:layer:${name}:1`],
          { userIdentity: roleNamed(name) },
          name,
        ),
      ),
    );
    opened = await openReport(all);
    const { page, requests, complaints } = opened;
    for (const name of hostile) {
      await page.fill('#q', name.replaceAll('\u202e', '').slice(0, 7));
      expect(Number.parseInt((await countOf(page)) ?? '', 10)).toBeGreaterThan(0);
    }
    await page.click('#clear');
    for (const entry of await page.locator('#by-target button').all()) {
      await entry.click();
      await page.click('#clear');
    }
    const closed = page.locator('button.toggle[aria-expanded="false"]');
    while ((await closed.count()) > 0) await closed.first().click();
    expect(await page.locator('tr.opened:visible').count()).toBe(hostile.length);
    expect(await page.evaluate('window.taken')).toBeUndefined();
    expect(await page.locator('img, iframe, a, svg[onload]').count()).toBe(0);
    expect([requests, complaints]).toEqual([[], []]);
    expect(await page.locator('body').textContent()).not.toContain('\u202e');
  });

  test('given code that got into the page all the same, then the policy does not let it run or ask', async () => {
    opened = await openReport();
    const { page, complaints } = opened;
    await page.evaluate(inPage('inject.js'));
    await page.waitForTimeout(200);
    expect(await page.evaluate('window.taken')).toBeUndefined();
    expect(complaints.filter((line) => line.includes('Content Security Policy'))).toHaveLength(2);
  });
});
