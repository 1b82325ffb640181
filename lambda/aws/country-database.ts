import { readFileSync } from 'node:fs';
import { isIP } from 'node:net';
import { join } from 'node:path';
import { type CountryResponse, Reader } from 'mmdb-lib';
import { countryDatabaseFileNames } from '../contract';
import type { CountryLookup } from '../ports';

/** The embedded address database. Each file is read on first use, because most functions never see an IPv6 caller. */
export class CountryDatabase implements CountryLookup {
  private readonly readers = new Map<string, Reader<CountryResponse>>();

  constructor(private readonly directory: string) {}

  countryOf(address: string): string | undefined {
    const fileName = isIP(address) === 6 ? countryDatabaseFileNames.ipv6 : countryDatabaseFileNames.ipv4;
    const found = this.reader(fileName).get(address) as unknown;
    return countryCodeOf(found);
  }

  private reader(fileName: string): Reader<CountryResponse> {
    const known = this.readers.get(fileName);
    if (known !== undefined) return known;
    const reader = new Reader<CountryResponse>(readFileSync(join(this.directory, fileName)));
    this.readers.set(fileName, reader);
    return reader;
  }
}

/** This database writes `country_code`; MaxMind's own `country.iso_code`. */
function countryCodeOf(found: unknown): string | undefined {
  const entry = found as { country_code?: unknown; country?: { iso_code?: unknown } } | null;
  const code = entry?.country_code ?? entry?.country?.iso_code;
  return typeof code === 'string' && /^[A-Z]{2}$/.test(code) ? code : undefined;
}
