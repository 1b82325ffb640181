import stringWidth from 'string-width';
import { type Style, styled } from './style';

export interface Column {
  readonly head: string;
  /** Whether its text may be cut where the terminal is too narrow for all columns. */
  readonly mayShrink?: true;
  /** Left out where cutting is not enough, the lowest number first. */
  readonly leaveOut?: number;
}

export interface Cell {
  readonly text: string;
  readonly styles?: readonly Style[];
}

const gap = '  ';

/** Columns of text that a shrunk column keeps at least. */
const minColumnWidth = 8;

const graphemes = new Intl.Segmenter();

/** Columns of the terminal that stdout is; `undefined` where it is none. */
export function terminalWidth(): number | undefined {
  return process.stdout.isTTY ? process.stdout.columns : undefined;
}

/**
 * Lines of a table. On a terminal it fits the width: the widest columns that may shrink are cut first, with an ellipsis; then
 * columns are left out. Elsewhere nothing is cut, so that a program that reads it has the whole text.
 */
export function tableLines(
  columns: readonly Column[],
  rows: readonly (readonly Cell[])[],
  maxWidth: number | undefined,
): readonly string[] {
  const dispensable = columns
    .filter(({ leaveOut }) => leaveOut !== undefined)
    .sort((a, b) => (a.leaveOut ?? 0) - (b.leaveOut ?? 0));
  for (let count = 0; count <= dispensable.length; count++) {
    const gone = new Set(dispensable.slice(0, count));
    const isKept = columns.map((column) => !gone.has(column));
    const keptRows = rows.map((row) => row.filter((_, index) => isKept[index]));
    const lines = fittedLines(
      columns.filter((_, index) => isKept[index]),
      keptRows,
      maxWidth,
    );
    if (lines !== undefined) return lines;
  }
  return fittedLines(columns, rows, undefined) ?? [];
}

/** A table without styles, as wide as its texts. */
export function plainTable(head: readonly string[], rows: readonly (readonly (string | number)[])[]): string {
  const columns = head.map((each) => ({ head: each }));
  const cells = rows.map((row) => row.map((value) => ({ text: String(value) })));
  return tableLines(columns, cells, undefined).join('\n');
}

/** `undefined` where the terminal is too narrow for all columns, however much they shrink. */
function fittedLines(
  columns: readonly Column[],
  rows: readonly (readonly Cell[])[],
  maxWidth: number | undefined,
): readonly string[] | undefined {
  const widths = fittingWidths(columns, rows, maxWidth);
  if (widths === undefined) return undefined;
  const line = (cells: readonly Cell[]) =>
    cells
      .map(({ text, styles = [] }, index) => {
        const width = widths[index] ?? 0;
        const shown = cut(text, width);
        return styled(shown, styles) + ' '.repeat(width - stringWidth(shown));
      })
      .join(gap)
      .trimEnd();
  return [line(columns.map(({ head }) => ({ text: head, styles: ['bold'] }))), ...rows.map(line)];
}

function fittingWidths(
  columns: readonly Column[],
  rows: readonly (readonly Cell[])[],
  maxWidth: number | undefined,
): readonly number[] | undefined {
  const widths = columns.map(({ head }, index) =>
    Math.max(stringWidth(head), ...rows.map((row) => stringWidth(row[index]?.text ?? ''))),
  );
  if (maxWidth === undefined) return widths;
  const total = () => widths.reduce((sum, width) => sum + width, gap.length * (widths.length - 1));
  while (total() > maxWidth) {
    const widest = widestOf(columns, widths);
    if (widest === undefined) return undefined;
    widths[widest] = (widths[widest] ?? 0) - 1;
  }
  return widths;
}

function widestOf(columns: readonly Column[], widths: readonly number[]): number | undefined {
  let widest: number | undefined;
  for (const [index, { mayShrink }] of columns.entries()) {
    const width = widths[index] ?? 0;
    if (mayShrink !== true || width <= minColumnWidth) continue;
    if (widest === undefined || width > (widths[widest] ?? 0)) widest = index;
  }
  return widest;
}

/** As many whole characters as fit, each of which may be two columns wide, and an ellipsis where that is not all. */
function cut(text: string, width: number): string {
  if (stringWidth(text) <= width) return text;
  let kept = '';
  for (const { segment } of graphemes.segment(text)) {
    if (stringWidth(kept + segment) >= width) break;
    kept += segment;
  }
  return `${kept}…`;
}
