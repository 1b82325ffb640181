/** Text as it may stand in SVG. */
export function escapeXml(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}

/** Breaks a line at spaces so that it has at most `width` characters; what has no spaces is broken anywhere. */
export function wrap(line: string, width: number, indent = ''): readonly string[] {
  if (line.length <= width) return [line];
  const space = line.lastIndexOf(' ', width);
  const at = space > indent.length + 4 ? space : width;
  const rest = `${indent}${line.slice(at).trimStart()}`;
  return [line.slice(0, at), ...wrap(rest, width, indent)];
}

interface Picture {
  readonly title: string;
  readonly width: number;
  readonly height: number;
  readonly body: string;
}

/** A picture that reads on light and dark pages alike. */
export function svg({ title, width, height, body }: Picture): string {
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" role="img">`,
    `<title>${escapeXml(title)}</title>`,
    `<rect x="0.5" y="0.5" width="${width - 1}" height="${height - 1}" rx="8" fill="#ffffff" stroke="#c9ced6"/>`,
    body,
    '</svg>',
    '',
  ].join('\n');
}
