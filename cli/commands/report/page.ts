import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ReportAlert, ReportData } from './report-data';

const styles = ['base', 'overview', 'alerts', 'details', 'narrow', 'print'].map(
  (name) => `style/${name}.css`,
);

/** Each uses what is above it. */
const scripts = ['dom', 'data', 'filter', 'chart', 'breakdown', 'details', 'top', 'table', 'main'].map(
  (name) => `script/${name}.js`,
);

/**
 * The page in one file. Its policy lets nothing be loaded from anywhere and runs this script and this style only, by their
 * hashes; the alerts are in blocks of data that no browser runs.
 */
export function reportPage(data: ReportData): string {
  const [style, script, body] = [styles, scripts, ['report.html']].map(joined);
  const policy = [
    "default-src 'none'",
    `script-src '${hashOf(script)}'`,
    `style-src '${hashOf(style)}'`,
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ');
  return [
    '<!doctype html>',
    '<html lang="en">',
    '<head>',
    '<meta charset="utf-8">',
    `<meta http-equiv="Content-Security-Policy" content="${policy}">`,
    '<meta name="viewport" content="width=device-width, initial-scale=1">',
    '<meta name="referrer" content="no-referrer">',
    '<title>Layerwatch report</title>',
    `<style>${style}</style>`,
    '</head>',
    '<body>',
    body,
    `<script type="application/json" id="data">${dataBlock({ ...data, alerts: data.alerts.map(rowOf) })}</script>`,
    `<script type="application/x-ndjson" id="details">\n${data.alerts.map(detailsOf).map(dataBlock).join('\n')}\n</script>`,
    `<script>${script}</script>`,
    '</body>',
    '</html>',
    '',
  ].join('\n');
}

function joined(files: readonly string[]): string {
  return files.map((file) => readFileSync(join(__dirname, 'page', file), 'utf8').trim()).join('\n');
}

type Details = Pick<ReportAlert, 'why' | 'sections' | 'fields' | 'events'>;

/** What a table row, a search and a filter need of an alert. The page parses it for all alerts at once. */
function rowOf({ why, sections, fields, events, ...row }: ReportAlert): Omit<ReportAlert, keyof Details> {
  return row;
}

/** The rest, which the page parses alert by alert when one is opened. */
function detailsOf({ why, sections, fields, events }: ReportAlert): Details {
  return { why, sections, fields, events };
}

function hashOf(text = ''): string {
  return `sha256-${createHash('sha256').update(text).digest('base64')}`;
}

/** JSON in which nothing can end the block: `<` and `>` only ever stand within strings. */
function dataBlock(data: object): string {
  return JSON.stringify(data)
    .replace(/</g, '\\u003c')
    .replace(/>/g, '\\u003e')
    .replace(/&/g, '\\u0026')
    .replace(/\u2028/g, '\\u2028')
    .replace(/\u2029/g, '\\u2029');
}
