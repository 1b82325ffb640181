import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Zippable, zipSync } from 'fflate';

/** The first day that a zip can hold: the same files always make the same bytes. */
const modified = new Date(1980, 0, 1);

/** Readable by all, as Lambda needs it; in the upper half, where Unix keeps its modes. */
const attributes = 0o100644 << 16;

const unix = 3;

/** The files of a folder without folders, as one zip. */
export function zipFolder(folder: string): Uint8Array {
  const files: Zippable = Object.fromEntries(
    readdirSync(folder)
      .sort()
      .map((name) => [name, readFileSync(join(folder, name))]),
  );
  return zipSync(files, { mtime: modified, attrs: attributes, os: unix, level: 9 });
}
