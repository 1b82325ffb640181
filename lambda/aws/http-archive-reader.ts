import type { ArchiveReader } from '../ports';

/** Reads ranges of an archive over HTTP. An answer that is not the range that was asked for is refused unread. */
export const httpArchiveReader: ArchiveReader = {
  async read(address, { first, last }, signal) {
    const range = first < 0 ? `bytes=${first}` : `bytes=${first}-${last ?? ''}`;
    const response = await fetch(address, { headers: { range }, signal, redirect: 'error' });
    if (response.status !== 206) {
      await response.body?.cancel();
      throw new Error(`the archive's server answers with status ${response.status} instead of a range`);
    }
    const [, from, to, total] =
      /^bytes (\d+)-(\d+)\/(\d+)$/.exec(response.headers.get('content-range') ?? '') ?? [];
    const wanted = Number(to) - Number(from) + 1;
    const limit = first < 0 ? -first : (last ?? first) - first + 1;
    if (total === undefined || wanted > limit) {
      await response.body?.cancel();
      throw new Error("the archive's server answers with another range");
    }
    return { bytes: await readAtMost(response, wanted), totalBytes: Number(total) };
  },
};

/** The body may be longer than its headers say. */
async function readAtMost(response: Response, bytes: number): Promise<Uint8Array> {
  const whole = new Uint8Array(bytes);
  let position = 0;
  for await (const chunk of response.body ?? []) {
    if (position + chunk.byteLength > bytes) throw new Error("the archive's server sends more than it says");
    whole.set(chunk, position);
    position += chunk.byteLength;
  }
  if (position < bytes) throw new Error("the archive's server sends less than it says");
  return whole;
}
