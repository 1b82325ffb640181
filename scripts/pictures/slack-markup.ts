/** A run of text that Slack shows alike. */
export interface Span {
  readonly text: string;
  readonly isBold: boolean;
  readonly style: 'text' | 'code' | 'link';
}

export type Block =
  | { readonly kind: 'line'; readonly spans: readonly Span[] }
  /** A block of code, in lines of its own. */
  | { readonly kind: 'code'; readonly text: string };

/** Code is read first: inside of it nothing else counts (https://docs.slack.dev/messaging/formatting-message-text). */
const codeBlock = /```([^`]+)```/;

/** Code, a link, or a sign of bold text. */
const parts = /`([^`]+)`|<([^|>]+)\|([^>]+)>|\*/g;

/** What Slack shows of its markup: a sign counts only at the edge of a word, and bold text ends with its line. */
export function slackBlocks(markdown: string): readonly Block[] {
  return markdown.split('\n').flatMap((line) => {
    const [before = '', code, after = ''] = line.split(codeBlock);
    if (code === undefined) return [{ kind: 'line', spans: spansOf(line) }];
    const around = [before.trimEnd(), after.trimStart()].map((text) =>
      text === '' ? [] : [{ kind: 'line' as const, spans: spansOf(text) }],
    );
    return [...(around[0] ?? []), { kind: 'code', text: decoded(code) }, ...(around[1] ?? [])];
  });
}

function spansOf(line: string): readonly Span[] {
  const spans: Span[] = [];
  let isBold = false;
  let from = 0;
  const add = (text: string, style: Span['style']) => {
    if (text !== '') spans.push({ text: decoded(text), isBold, style });
  };
  for (const match of line.matchAll(parts)) {
    const [sign, code, , title] = match;
    if (sign === '*' && !isSign(line, match.index, isBold)) continue;
    add(line.slice(from, match.index), 'text');
    from = match.index + sign.length;
    if (sign === '*') isBold = !isBold;
    else add(code ?? title ?? '', code === undefined ? 'link' : 'code');
  }
  add(line.slice(from), 'text');
  return spans;
}

/** An opening sign follows no letter or number and stands before no space; a closing one the other way round. */
function isSign(line: string, at: number, isBold: boolean): boolean {
  const [before, after] = [line[at - 1] ?? ' ', line[at + 1] ?? ' '];
  return isBold
    ? /\S/.test(before) && !/[\p{L}\p{N}]/u.test(after)
    : !/[\p{L}\p{N}]/u.test(before) && /\S/.test(after);
}

function decoded(text: string): string {
  return text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&');
}
