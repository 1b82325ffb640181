import { escapeXml, svg, wrap } from './svg';

const charactersPerLine = 108;
const characterWidth = 7.25;
const lineHeight = 17;
const margin = 20;
const bodyTop = 74;

/** The email as a mail program shows it: the subject as title, the text in a fixed-width font. */
export function emailPicture(subject: string, text: string): string {
  const lines = text.split('\n').flatMap((line) => wrap(line, charactersPerLine, indentOf(line)));
  const width = Math.round(charactersPerLine * characterWidth + 2 * margin);
  const height = bodyTop + lines.length * lineHeight + margin;
  const rows = lines.map((line, index) => row(line, bodyTop + index * lineHeight));
  const body = [
    `<text x="${margin}" y="34" font-family="Helvetica, Arial, sans-serif" font-size="16" font-weight="bold" fill="#1d2430">${escapeXml(subject)}</text>`,
    `<line x1="0" x2="${width}" y1="50" y2="50" stroke="#e3e6eb"/>`,
    '<g font-family="ui-monospace, Menlo, Consolas, monospace" font-size="12" fill="#1d2430">',
    ...rows,
    '</g>',
  ].join('\n');
  return svg({ title: subject, width, height, body });
}

/** A command that is broken here stays below its step. */
function indentOf(line: string): string {
  return /^ */.exec(line)?.[0] ?? '';
}

function row(line: string, y: number): string {
  return `<text x="${margin}" y="${y}" xml:space="preserve">${escapeXml(line)}</text>`;
}
