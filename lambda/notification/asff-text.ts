import { escapeForDisplay } from '../text/untrusted-text';

/** Text of a record within a length that Security Hub takes; blank text is refused, so there is none of it. */
export function asffText(text: string | null | undefined, maxLength: number): string | undefined {
  const shown = escapeForDisplay(text ?? '', maxLength - room).slice(0, maxLength);
  return shown.trim() === '' ? undefined : shown;
}

/** `escapeForDisplay` says of cut text how long it was. */
const room = 30;

/** A property for each text that is there. */
export function asffTexts<Name extends string>(
  texts: Readonly<Record<Name, string | null | undefined>>,
  maxLength = 512,
): { readonly [Key in Name]?: string } {
  const there = Object.entries<string | null | undefined>(texts).flatMap(([name, text]) => {
    const shown = asffText(text, maxLength);
    return shown === undefined ? [] : [[name, shown] as const];
  });
  // Names are those of `texts`.
  return Object.fromEntries(there) as { readonly [Key in Name]?: string };
}
