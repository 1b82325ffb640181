/**
 * Text that came from a record is hostile: it may break a line, turn the reading direction, hide characters or look
 * like ours. These functions make it text of one line in which every character is seen.
 */

/** What nearly all names consist of; nothing else is looked at in such text. */
const visibleAscii = /^[ -~]*$/;

/** Made where text beyond ASCII comes: the sets of Unicode take a tenth of what the detector needs to start. */
let beyondAscii: { readonly unseen: RegExp; readonly stackedMarks: RegExp } | undefined;

function patternsBeyondAscii(): NonNullable<typeof beyondAscii> {
  beyondAscii ??= {
    /*
     * Characters that are not seen, break a line, or turn or reorder what stands beside them: control, format, surrogate
     * halves, private use, unassigned, separators other than the space, what Unicode lets a renderer ignore, blank letters and
     * notes, and characters of scripts that run from right to left, because digits and signs beside them change places. Blocks
     * that Unicode reserves for such scripts (UAX 9, table 4) count whole.
     */
    unseen:
      /[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Cn}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}\u2800\u{1d159}]|(?! )\p{Zs}|\p{Script_Extensions=Hebrew}|\p{Script_Extensions=Arabic}|\p{Script_Extensions=Syriac}|\p{Script_Extensions=Thaana}|\p{Script_Extensions=Nko}|\p{Script_Extensions=Samaritan}|\p{Script_Extensions=Mandaic}|\p{Script_Extensions=Adlam}|[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefe\u{10800}-\u{10fff}\u{1e800}-\u{1efff}]/gu,
    // More combining marks than that on one letter run over the lines above and below.
    stackedMarks: /(?<=\p{M}{2})\p{M}/gu,
  };
  return beyondAscii;
}

/** Longest text that is shown of one value, in UTF-16 units. */
export const maxShownLength = 300;

/**
 * One line of visible characters; others show as `\u{202e}`. Longer text is cut, and its length in UTF-16 units is
 * said. Showing twice changes nothing where `maxUnits` allows for what the cut adds.
 */
export function escapeForDisplay(text: string, maxUnits = maxShownLength): string {
  const shown = visible(text.slice(0, maxUnits + 1));
  if (text.length <= maxUnits && shown.length <= maxUnits) return shown;
  return `${withoutHalves(shown.slice(0, maxUnits))}... (${text.length} characters)`;
}

/** In double quotes, which the text itself cannot close. */
export function quoted(text: string, maxUnits?: number): string {
  return `"${escapeForDisplay(text, maxUnits).replaceAll('"', escaped)}"`;
}

/** Characters that the names of AWS's resources and sessions consist of. */
const plainName = /^[A-Za-z0-9][A-Za-z0-9._:/@+=,-]*$/;

/** What programs that show messages turn into a link, whatever stands around it. */
const linkStart = /:(?=\/\/)|\bwww(?=\.)|\bmailto(?=:)/i;
const linkStarts = new RegExp(linkStart, 'gi');

/** The same text with a blank in each beginning of a link, so that no program makes one of it. */
export function withoutLinks(text: string): string {
  return text.replace(linkStarts, '$& ');
}

/** In double quotes and never a link. */
export function quotedWithoutLinks(text: string, maxUnits?: number): string {
  return withoutLinks(quoted(text, maxUnits));
}

/** As it is where it consists of what AWS allows in names; else in quotes, so that it cannot pass for our words. Never a link. */
export function displayName(text: string): string {
  return displayNameWithin(text, maxShownLength);
}

/** The same, cut behind `maxUnits` UTF-16 units. */
export function displayNameWithin(text: string, maxUnits: number): string {
  if (linkStart.test(text)) return quotedWithoutLinks(text, maxUnits);
  return plainName.test(text) ? escapeForDisplay(text, maxUnits) : quoted(text, maxUnits);
}

function visible(text: string): string {
  if (visibleAscii.test(text)) return text;
  const { unseen, stackedMarks } = patternsBeyondAscii();
  return text.replaceAll(unseen, escaped).replaceAll(stackedMarks, escaped);
}

function escaped(character: string): string {
  return `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`;
}

/** A cut may fall into an escape or between the halves of a character. */
function withoutHalves(text: string): string {
  return text.replace(/\\(?:u(?:\{[0-9a-f]{0,6})?)?$/, '').replace(/[\ud800-\udbff]$/, '');
}
