/** POSIX quoting; a control character has no place in a command to paste and shows as `?`. */
export function quoteForShell(argument: string): string {
  const visible = argument.toWellFormed().replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Co}\p{Cn}]/gu, '?');
  if (/^[A-Za-z0-9_./:@%+=,-]+$/.test(visible)) return visible;
  return `'${visible.replaceAll("'", `'\\''`)}'`;
}
