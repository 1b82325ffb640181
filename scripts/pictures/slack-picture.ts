import { type Block, type Span, slackBlocks } from './slack-markup';
import { escapeXml, svg, wrap } from './svg';

interface SlackMessage {
  readonly content: {
    readonly title: string;
    readonly description: string;
    readonly nextSteps: readonly string[];
  };
}

const charactersPerLine = 98;
const codeCharactersPerLine = 92;
const characterWidth = 7.6;
const lineHeight = 20;
const left = 28;
const top = 66;
const width = Math.round(charactersPerLine * characterWidth + 2 * left);

type Row =
  | { readonly kind: 'line'; readonly spans: readonly Span[] }
  | { readonly kind: 'code'; readonly text: string };

/** The custom notification as Slack shows it: title, formatted text, next steps. */
export function slackPicture(message: SlackMessage): string {
  const { title, description, nextSteps } = message.content;
  const steps = nextSteps.map((step) => `• ${step}`);
  const rows = slackBlocks([description, '*Next steps*', ...steps].join('\n')).flatMap(rowsOf);
  const height = top + rows.length * lineHeight + 14;
  const body = [
    `<rect x="12" y="14" width="4" height="${height - 28}" rx="2" fill="#e8912d"/>`,
    `<text x="${left}" y="38" font-family="${fontFamily}" font-size="16" font-weight="bold" fill="${colors.text}">${escapeXml(title)}</text>`,
    ...rows.map((row, index) => drawRow(row, top + index * lineHeight)),
  ].join('\n');
  return svg({ title, width, height, body });
}

function rowsOf(block: Block): readonly Row[] {
  if (block.kind === 'code')
    return wrap(block.text, codeCharactersPerLine).map((text) => ({ kind: 'code', text }));
  return wrapSpans(block.spans).map((spans) => ({ kind: 'line', spans }));
}

/** Breaks at spaces; both parts of a span keep its style. */
function wrapSpans(spans: readonly Span[]): readonly (readonly Span[])[] {
  const rows: Span[][] = [[]];
  let length = 0;
  for (const span of spans)
    for (const text of span.text.split(/(?<= )/)) {
      if (length + text.trimEnd().length > charactersPerLine && length > 0) {
        rows.push([]);
        length = 0;
      }
      rows.at(-1)?.push({ ...span, text });
      length += text.length;
    }
  return rows.map(joined);
}

/** Neighbours of one style as one span. */
function joined(spans: readonly Span[]): readonly Span[] {
  const done: Span[] = [];
  for (const span of spans) {
    const last = done.at(-1);
    if (last?.style === span.style && last.isBold === span.isBold)
      done.splice(-1, 1, { ...span, text: last.text + span.text });
    else done.push(span);
  }
  return done;
}

const fontFamily = 'Helvetica, Arial, sans-serif';
const codeFont = 'font-family="ui-monospace, Menlo, Consolas, monospace" font-size="12"';

/** Colors of Slack on a light page. */
const colors = { text: '#1d1c1d', code: '#c01343', link: '#1264a3', block: '#f4f4f4' };

function drawRow(row: Row, y: number): string {
  if (row.kind === 'line')
    return `<text x="${left}" y="${y}" xml:space="preserve" font-family="${fontFamily}" font-size="14" fill="${colors.text}">${row.spans.map(drawSpan).join('')}</text>`;
  const box = `<rect x="${left - 6}" y="${y - 15}" width="${width - 2 * left + 12}" height="${lineHeight}" fill="${colors.block}"/>`;
  return `${box}<text x="${left}" y="${y}" xml:space="preserve" ${codeFont} fill="${colors.text}">${escapeXml(row.text)}</text>`;
}

function drawSpan({ text, isBold, style }: Span): string {
  const weight = isBold ? ' font-weight="bold"' : '';
  switch (style) {
    case 'text':
      return isBold ? `<tspan${weight}>${escapeXml(text)}</tspan>` : escapeXml(text);
    case 'code':
      return `<tspan ${codeFont}${weight} fill="${colors.code}">${escapeXml(text)}</tspan>`;
    case 'link':
      return `<tspan${weight} fill="${colors.link}">${escapeXml(text)}</tspan>`;
  }
}
