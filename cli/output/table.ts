import stringWidth from 'string-width';
import { type Style, styled } from './style';

export interface Column {
  readonly head: string;
  /** Whether its text may be cut where leaving out columns is not enough. */
  readonly mayShrink?: true;
  /** Left out where the terminal is too narrow for all columns, the lowest number first. */
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

export interface Table {
  readonly lines: readonly string[];
  /** Heads of the columns that are left out. */
  readonly hidden: readonly string[];
}

/**
 * A table. On a terminal it fits the width: columns are left out first, and what is left is whole; then the widest columns that may
 * shrink are cut, with an ellipsis. Elsewhere it has everything, so that a program that reads it has the whole text.
 */
export function fitTable(
  columns: readonly Column[],
  rows: readonly (readonly Cell[])[],
  maxWidth: number | undefined,
): Table {
  const dispensable = columns
    .filter(({ leaveOut }) => leaveOut !== undefined)
    .sort((a, b) => (a.leaveOut ?? 0) - (b.leaveOut ?? 0));
  const narrowest = withoutColumns(columns, rows, dispensable);
  for (let count = 0; count <= dispensable.length; count++) {
    const gone = dispensable.slice(0, count);
    const table = withoutColumns(columns, rows, gone);
    const widths = widthsOf(table);
    if (maxWidth === undefined || totalOf(widths) <= maxWidth)
      return { lines: linesOf(table, widths), hidden: gone.map(({ head }) => head) };
  }
  const hidden = dispensable.map(({ head }) => head);
  return { lines: linesOf(narrowest, shrunk(narrowest, maxWidth ?? 0)), hidden };
}

/** Lines of a table that no note about hidden columns follows. */
export function tableLines(
  columns: readonly Column[],
  rows: readonly (readonly Cell[])[],
  maxWidth: number | undefined,
): readonly string[] {
  return fitTable(columns, rows, maxWidth).lines;
}

/** A table without styles, as wide as its texts. */
export function plainTable(head: readonly string[], rows: readonly (readonly (string | number)[])[]): string {
  const columns = head.map((each) => ({ head: each }));
  const cells = rows.map((row) => row.map((value) => ({ text: String(value) })));
  return tableLines(columns, cells, undefined).join('\n');
}

interface Shown {
  readonly columns: readonly Column[];
  readonly rows: readonly (readonly Cell[])[];
}

function withoutColumns(
  columns: readonly Column[],
  rows: readonly (readonly Cell[])[],
  gone: readonly Column[],
): Shown {
  const isKept = columns.map((column) => !gone.includes(column));
  return {
    columns: columns.filter((_, index) => isKept[index]),
    rows: rows.map((row) => row.filter((_, index) => isKept[index])),
  };
}

function linesOf({ columns, rows }: Shown, widths: readonly number[]): readonly string[] {
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

function widthsOf({ columns, rows }: Shown): readonly number[] {
  return columns.map(({ head }, index) =>
    rows.reduce((width, row) => Math.max(width, stringWidth(row[index]?.text ?? '')), stringWidth(head)),
  );
}

function totalOf(widths: readonly number[]): number {
  return widths.reduce((sum, width) => sum + width, gap.length * (widths.length - 1));
}

/** As narrow as the terminal, or as narrow as it can be. */
function shrunk(table: Shown, maxWidth: number): readonly number[] {
  const widths = [...widthsOf(table)];
  while (totalOf(widths) > maxWidth) {
    const widest = widestOf(table.columns, widths);
    if (widest === undefined) break;
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
