import fc from 'fast-check';
import { countWithoutNeedles } from '../../lambda/logs/prefilter';
import { RecordSplitter } from '../../lambda/logs/record-splitter';
import { match, other, prefilterTerms } from './logs';

function split(chunks: readonly Buffer[]): unknown {
  const problems: (readonly [string, string])[] = [];
  const splitter = new RecordSplitter({
    prefilterTerms,
    maxValueBytes: 100_000,
    onProblem: (place, reason) => problems.push([place, reason]),
  });
  const found = chunks.flatMap((chunk) => splitter.take(chunk));
  splitter.finish(false);
  return { found, problems, records: splitter.records };
}

function cut(text: Buffer, at: readonly number[]): readonly Buffer[] {
  const places = [0, ...at.map((each) => each % (text.length + 1)), text.length].sort((a, b) => a - b);
  return places.slice(1).map((end, index) => text.subarray(places[index], end));
}

/** Logs, and logs from which a piece was taken or into which one was put. */
const logText = fc
  .tuple(
    fc.array(
      fc.oneof(
        fc.constant(JSON.stringify(match('m'))),
        fc.constant(JSON.stringify(other('o'), null, 2)),
        fc.constant(`{"Records":[${JSON.stringify(match('r'))},\n${JSON.stringify(other('s'))}]}`),
        fc.json(),
        fc.constantFrom('\n', ' ', '{', '[', '"', '\\', '},', '\ufeff', 'é', '{"eventVersion":1'),
      ),
      { maxLength: 6 },
    ),
    fc.nat(),
    fc.nat({ max: 30 }),
  )
  .map(([pieces, from, length]) => {
    const text = pieces.join('\n');
    const at = from % (text.length + 1);
    return Buffer.from(text.slice(0, at) + text.slice(at + length));
  });

describe('reading', () => {
  test('given any text in any chunks, then the result is that of the whole', () => {
    fc.assert(
      fc.property(logText, fc.array(fc.nat(), { maxLength: 5 }), (text, at) => {
        expect(split(cut(text, at))).toEqual(split([text]));
      }),
      { numRuns: 500 },
    );
  });

  test('given any text, then it is broken where the language itself finds it broken', () => {
    fc.assert(
      fc.property(fc.oneof(fc.json(), fc.string(), logText.map(String)), (text) => {
        const wrapped = `{"eventName":[${text}\n]}`;
        const { problems } = split([Buffer.from(wrapped)]) as { readonly problems: readonly unknown[] };
        expect(problems.length === 0).toBe(isJson(wrapped));
      }),
      { numRuns: 500 },
    );
  });

  test('given files as CloudTrail writes them, then the quick look counts as the scan does', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.string(), { minLength: 1, maxLength: 20 }),
        fc.array(fc.nat(), { maxLength: 3 }),
        async (names, at) => {
          const text = Buffer.from(JSON.stringify({ Records: names.map(other) }));
          const counted = await countWithoutNeedles(asStream(cut(text, at)), prefilterTerms);
          const { records } = split([text]) as { readonly records: number };
          expect([undefined, records]).toContain(counted);
          expect(await countWithoutNeedles(asStream([text]), prefilterTerms)).toBe(records);
        },
      ),
      { numRuns: 200 },
    );
  });

  test.each([
    ['a match', JSON.stringify({ Records: [other('a'), match('b')] })],
    ['a nested record', JSON.stringify({ Records: [{ ...other('a'), nested: [other('b'), other('c')] }] })],
    ['another shape', JSON.stringify([other('a'), other('b')])],
    ['an end that is cut off', JSON.stringify({ Records: [other('a'), other('b')] }).slice(0, -1)],
    [
      'a record cut off inside',
      `{"Records":[${JSON.stringify(other('a')).slice(0, -1)},${JSON.stringify(other('b'))}]}`,
    ],
  ])('given %s, then the quick look leaves the file to the scan', async (_, text) => {
    const middle = Math.floor(text.length / 2);
    for (const chunks of [cut(Buffer.from(text), []), cut(Buffer.from(text), [middle])])
      expect(await countWithoutNeedles(asStream(chunks), prefilterTerms)).toBeUndefined();
  });

  test('given a needle across two chunks, then the quick look sees it', async () => {
    const text = Buffer.from(JSON.stringify({ Records: [other('a'), match('b'), other('c')] }));
    for (let at = 60; at < text.length - 60; at++)
      expect(await countWithoutNeedles(asStream(cut(text, [at])), prefilterTerms)).toBeUndefined();
  });
});

async function* asStream(chunks: readonly Buffer[]): AsyncGenerator<Buffer> {
  yield* chunks;
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

test('given something that is no JSON and has no end, then passing over it takes time linear in its length', () => {
  const blank = Buffer.alloc(64);
  const chunks = Array.from({ length: 100_000 }, () => blank);
  expect(split([...chunks, Buffer.from(`\n${JSON.stringify(match('m'))}`)])).toMatchObject({
    found: [{ record: match('m') }],
  });
});
