import { shortLayer } from '../../lambda/text/format';
import { escapeForDisplay } from '../../lambda/text/untrusted-text';
import type { LayerUser } from '../aws/layer-users';
import { formatMinute } from './format';
import { type Cell, type Column, tableLines } from './table';

const columns: readonly Column[] = [
  { head: 'FUNCTION', mayShrink: true },
  { head: 'ACCOUNT' },
  { head: 'REGION' },
  { head: 'LAYER', mayShrink: true },
  { head: 'SINCE (UTC)' },
  { head: 'WHO', mayShrink: true },
];

/** Lines of a table of the functions that have a layer, one a row. */
export function layerUserTable(users: readonly LayerUser[], maxWidth: number | undefined): readonly string[] {
  return tableLines(columns, users.map(rowOf), maxWidth);
}

function rowOf({ name, account, region, versions, since, isExact, actor }: LayerUser): readonly Cell[] {
  return [
    { text: escapeForDisplay(name) },
    { text: escapeForDisplay(account ?? 'unknown') },
    { text: escapeForDisplay(region ?? 'unknown') },
    { text: escapeForDisplay(versions.map(shortLayer).join(' or ')) },
    { text: isExact ? formatMinute(since) : `by ${formatMinute(since)}` },
    { text: escapeForDisplay(actor?.split(':').at(-1) ?? 'unknown') },
  ];
}
