import type { ArchiveReader } from '../ports';

/** A server that does not know ranges may send a small archive whole; as much as the largest directory has. */
const maxWholeBytes = 4_194_304;

interface Range {
  readonly first: number;
  readonly last?: number | undefined;
}

/** Reads ranges of an archive over HTTP. An answer that is neither the range nor a small archive is refused unread. */
export const httpArchiveReader: ArchiveReader = {
  async read(address, range, signal) {
    const response = await fetch(address, { headers: { range: headerOf(range) }, signal, redirect: 'error' });
    try {
      if (response.status === 200) return cut(await readAtMost(response, maxWholeBytes), range);
      if (response.status !== 206)
        throw new Error(`the archive's server answers with status ${response.status} instead of a range`);
      return await readRange(response, range);
    } catch (error) {
      await response.body?.cancel().catch(() => undefined);
      throw error;
    }
  },
};

function headerOf({ first, last }: Range): string {
  return first < 0 ? `bytes=${first}` : `bytes=${first}-${last ?? ''}`;
}

async function readRange(response: Response, { first, last }: Range) {
  const [, from, to, total] =
    /^bytes (\d+)-(\d+)\/(\d+)$/.exec(response.headers.get('content-range') ?? '') ?? [];
  const wanted = Number(to) - Number(from) + 1;
  const limit = first < 0 ? -first : (last ?? first) - first + 1;
  if (total === undefined || wanted > limit)
    throw new Error("the archive's server answers with another range");
  const bytes = await readAtMost(response, wanted);
  if (bytes.byteLength < wanted) throw new Error("the archive's server sends less than it says");
  return { bytes, totalBytes: Number(total) };
}

function cut(whole: Uint8Array, { first, last }: Range) {
  const from = first < 0 ? Math.max(0, whole.byteLength + first) : first;
  return {
    bytes: whole.subarray(from, last === undefined ? undefined : last + 1),
    totalBytes: whole.byteLength,
  };
}

/** The body may be longer than its headers say. */
async function readAtMost(response: Response, maxBytes: number): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of response.body ?? []) {
    length += chunk.byteLength;
    if (length > maxBytes) throw new Error(`the archive's server sends more than ${maxBytes} bytes`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks, length);
}
