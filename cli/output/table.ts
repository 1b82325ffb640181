import { type Colour, inColour } from './colour';

export interface Column {
  readonly head: string;
  /** Whether its text may be cut where the terminal is too narrow for all. */
  readonly mayShrink?: true;
  /** Left out where cutting is not enough, the lowest number first. */
  readonly leaveOut?: number;
}

export interface Cell {
  readonly text: string;
  readonly colour?: Colour | undefined;
}

const gap = '  ';
const narrowest = 8;

/**
 * Lines of a table. On a terminal it fits the width: the widest columns that may shrink give way first, and what is cut ends in
 * an ellipsis; then columns are left out. Elsewhere nothing is cut, so that what reads it has it all.
 */
export function tableLines(
  columns: readonly Column[],
  rows: readonly (readonly Cell[])[],
  widthOfTerminal: number | undefined,
): readonly string[] {
  const dispensable = columns
    .filter(({ leaveOut }) => leaveOut !== undefined)
    .sort((a, b) => (a.leaveOut ?? 0) - (b.leaveOut ?? 0));
  for (let count = 0; count <= dispensable.length; count++) {
    const gone = new Set(dispensable.slice(0, count));
    const kept = columns.filter((column) => !gone.has(column));
    const keptRows = rows.map((row) => row.filter((_, index) => kept.includes(columns[index] as Column)));
    const lines = fittedLines(kept, keptRows, widthOfTerminal);
    if (lines !== undefined) return lines;
  }
  return fittedLines(columns, rows, undefined) ?? [];
}

/** `undefined` where the terminal is too narrow for all columns, however much they shrink. */
function fittedLines(
  columns: readonly Column[],
  rows: readonly (readonly Cell[])[],
  widthOfTerminal: number | undefined,
): readonly string[] | undefined {
  const widths = fittingWidths(columns, rows, widthOfTerminal);
  if (widths === undefined) return undefined;
  const line = (cells: readonly Cell[]) =>
    cells
      .map(({ text, colour }, index) => {
        const width = widths[index] ?? 0;
        const isLast = index === cells.length - 1;
        const shown = cut(text, width);
        return inColour(isLast ? shown : shown.padEnd(width), colour);
      })
      .join(gap)
      .trimEnd();
  return [line(columns.map(({ head }) => ({ text: head, colour: 'bold' }))), ...rows.map(line)];
}

function fittingWidths(
  columns: readonly Column[],
  rows: readonly (readonly Cell[])[],
  widthOfTerminal: number | undefined,
): readonly number[] | undefined {
  const widths = columns.map(({ head }, index) =>
    Math.max(head.length, ...rows.map((row) => row[index]?.text.length ?? 0)),
  );
  if (widthOfTerminal === undefined) return widths;
  const total = () => widths.reduce((sum, width) => sum + width, gap.length * (widths.length - 1));
  while (total() > widthOfTerminal) {
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
    if (mayShrink !== true || width <= narrowest) continue;
    if (widest === undefined || width > (widths[widest] ?? 0)) widest = index;
  }
  return widest;
}

function cut(text: string, width: number): string {
  return text.length <= width ? text : `${text.slice(0, width - 1)}…`;
}
