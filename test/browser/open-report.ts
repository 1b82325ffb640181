import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { BrowserContextOptions, Page } from 'playwright-core';
import { reportPage } from '../../cli/commands/report/page';
import { reportData } from '../../cli/commands/report/report-data';
import type { FindingDocument } from '../../lambda/detection/finding-document';
import { findingOf } from '../fixtures/finding';
import { givenPublish, givenUpdate, layerVersion } from '../fixtures/records';
import { type OpenedPage, openPage } from '../harness/browser';
import { temporaryFolder } from '../harness/temporary-folder';

export const foreignLayer = layerVersion('boto-utils', 3, '999988887777');

const at = (time: string) => ({ eventTime: time });

/** Of payments, orders, layer util and orders again, the newest first. */
export const fourFindings: readonly FindingDocument[] = [
  timed(findingOf(givenUpdate([foreignLayer], at('2026-10-06T21:14:05Z'), 'payments'))),
  timed(findingOf(givenUpdate([layerVersion('base', 1)], at('2026-10-06T09:00:00Z'), 'orders'))),
  timed(findingOf(givenPublish('util', 3, at('2026-10-05T09:00:00Z')))),
  timed(findingOf(givenUpdate(undefined, at('2026-10-04T09:00:00Z'), 'orders'))),
];

function timed(finding: FindingDocument): FindingDocument {
  return { ...finding, layerwatch: { ...finding.layerwatch, first_seen: finding['@timestamp'] } };
}

export function reportFile(findings: readonly FindingDocument[]): string {
  const file = join(temporaryFolder(), 'report.html');
  writeFileSync(file, reportPage(reportData(findings, 'test', new Date('2026-10-07T00:00:00Z'))));
  return file;
}

/** @param hash what the address says after the file, as a link does that was shared */
export function openReport(
  findings: readonly FindingDocument[] = fourFindings,
  options: BrowserContextOptions = {},
  hash = '',
): Promise<OpenedPage> {
  return openPage(reportFile(findings), options, hash);
}

/** Code that runs in the page. */
export function inPage(name: string): string {
  return readFileSync(join(__dirname, 'in-page', name), 'utf8');
}

export function countOf(page: Page): Promise<string | null> {
  return page.locator('#count').textContent();
}

/** The colour of text of the first element that fits, as `rgb(163, 0, 27)`. */
export async function colourOf(page: Page, selector: string): Promise<unknown> {
  return page.evaluate(`getComputedStyle(document.querySelector(${JSON.stringify(selector)})).color`);
}

export async function targetsOf(page: Page): Promise<readonly string[]> {
  return page.locator('tr.alert th').allTextContents();
}
