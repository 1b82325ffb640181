/** POSIX quoting; a control character has no place in a command to paste and shows as `?`. */
export function quoteForShell(argument: string): string {
  if (/^[A-Za-z0-9_./:@%+=,-]+$/.test(argument)) return argument;
  const visible = argument.toWellFormed().replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Co}\p{Cn}]/gu, '?');
  return `'${visible.replaceAll("'", `'\\''`)}'`;
}
