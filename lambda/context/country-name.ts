/** Made on first use: the names take longer to load than the rest of the detector's own code. */
let displayNames: Intl.DisplayNames | undefined;

/** Kept, because a look-up takes long; there are 676 codes at most. */
const names = new Map<string, string>();

/** English name of an ISO 3166 code of two letters; any other text as it is. */
export function countryName(code: string): string {
  if (!/^[A-Z]{2}$/.test(code)) return code;
  const known = names.get(code);
  if (known !== undefined) return known;
  displayNames ??= new Intl.DisplayNames(['en'], { type: 'region', fallback: 'code' });
  const name = displayNames.of(code) ?? code;
  names.set(code, name);
  return name;
}
