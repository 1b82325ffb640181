import stringWidth from 'string-width';

/** A narrower terminal breaks the lines itself. */
const minWidth = 40;

/**
 * Breaks a line at spaces so that it has at most `width` columns; what follows is indented by as much as the line is, and two columns
 * more. A word that is longer than a line stays whole, so that it can be selected.
 */
export function wrapLine(line: string, width: number | undefined): readonly string[] {
  if (width === undefined || width < minWidth || stringWidth(line) <= width) return [line];
  const indent = `${/^ */.exec(line)?.[0] ?? ''}  `;
  const lines: string[] = [];
  let current = '';
  for (const word of line.trimEnd().split(/(?<=\S) +/)) {
    const next = current === '' ? word : `${current} ${word}`;
    if (current.trim() !== '' && stringWidth(next) > width) {
      lines.push(current);
      current = `${indent}${word}`;
    } else current = next;
  }
  return [...lines, current];
}
