import { escapeXml, svg, wrap } from './svg';

interface SlackMessage {
  readonly content: {
    readonly title: string;
    readonly description: string;
    readonly nextSteps: readonly string[];
  };
}

const charactersPerLine = 104;
const characterWidth = 7.2;
const lineHeight = 20;
const left = 28;
const top = 66;

interface Line {
  readonly text: string;
  readonly style: 'plain' | 'bold' | 'code';
}

/** The custom notification as Slack shows it: title, text with inline code, next steps. */
export function slackPicture(message: SlackMessage): string {
  const { title, description, nextSteps } = message.content;
  const steps = nextSteps.map((step) => `• ${step}`);
  const lines = [...description.split('\n'), '*Next steps*', ...steps].flatMap(linesOf);
  const width = Math.round(charactersPerLine * characterWidth + 2 * left);
  const height = top + lines.length * lineHeight + 14;
  const body = [
    `<rect x="12" y="14" width="4" height="${height - 28}" rx="2" fill="#e8912d"/>`,
    `<text x="${left}" y="38" font-family="Helvetica, Arial, sans-serif" font-size="16" font-weight="bold" fill="#1d1c1d">${escapeXml(title)}</text>`,
    ...lines.map((line, index) => row(line, top + index * lineHeight)),
  ].join('\n');
  return svg({ title, width, height, body });
}

/** Bold where the whole line is; a block of code in a line of its own. */
function linesOf(markdown: string): readonly Line[] {
  const block = /^(.*?) ?```(.*)```$/.exec(markdown);
  if (block !== null) {
    return [...(block[1] ? linesOf(block[1]) : []), ...styled(shownText(block[2] ?? ''), 'code')];
  }
  const isBold = /^\*[^*]+\*$/.test(markdown);
  return styled(shownText(markdown), isBold ? 'bold' : 'plain');
}

function styled(text: string, style: Line['style']): readonly Line[] {
  return wrap(text, style === 'plain' ? charactersPerLine : charactersPerLine - 18).map((part) => ({
    text: part,
    style,
  }));
}

/** What a reader sees of Slack's markup. */
function shownText(markdown: string): string {
  return markdown
    .replace(/<[^|>]+\|([^>]+)>/g, '$1')
    .replace(/[*`]/g, '')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&amp;', '&');
}

const fonts: Readonly<Record<Line['style'], string>> = {
  plain: 'font-family="Helvetica, Arial, sans-serif" font-size="14" fill="#1d1c1d"',
  bold: 'font-family="Helvetica, Arial, sans-serif" font-size="14" font-weight="bold" fill="#1d1c1d"',
  code: 'font-family="ui-monospace, Menlo, Consolas, monospace" font-size="12" fill="#c01343"',
};

function row({ text, style }: Line, y: number): string {
  return `<text x="${left}" y="${y}" xml:space="preserve" ${fonts[style]}>${escapeXml(text)}</text>`;
}
