/** Made on first use: the names take longer to load than the rest of the detector's own code. */
let names: Intl.DisplayNames | undefined;

/** English name of an ISO 3166 code of two letters; any other text as it is. */
export function countryName(code: string): string {
  if (!/^[A-Z]{2}$/.test(code)) return code;
  names ??= new Intl.DisplayNames(['en'], { type: 'region', fallback: 'code' });
  return names.of(code) ?? code;
}
