import fc from 'fast-check';
import { RecordSplitter } from '../../lambda/logs/record-splitter';
import type { SplitResult } from '../../lambda/logs/split-results';
import { WantedNames } from '../../lambda/logs/wanted-names';
import {
  arrangements,
  damagedText,
  logText,
  textOfOneList,
  unusualValues,
  usualRecord,
  writers,
} from './law-texts';
import { eventNamePrefixes, match } from './logs';
import { readPlainly } from './plain-reading';

type Found = Extract<SplitResult, { kind: 'record' }>;

interface Split {
  readonly found: readonly Found[];
  readonly problems: readonly SplitResult[];
  readonly records: number;
  readonly unchecked: number;
}

const parsingAll = Number.POSITIVE_INFINITY;

function split(chunks: readonly Buffer[], parseUntil = 0): Split {
  const wanted = new WantedNames(eventNamePrefixes);
  const splitter = new RecordSplitter({ wanted, maxValueBytes: 100_000, parseUntil });
  const results = [...chunks.flatMap((chunk) => splitter.take(chunk)), ...splitter.finish(false)];
  return {
    found: results.filter((result) => result.kind === 'record'),
    problems: results.filter((result) => result.kind === 'problem'),
    records: splitter.records,
    unchecked: splitter.unchecked,
  };
}

function cut(text: Buffer, at: readonly number[]): readonly Buffer[] {
  const places = [0, ...at.map((each) => each % (text.length + 1)), text.length].sort((a, b) => a - b);
  return places.slice(1).map((end, index) => text.subarray(places[index], end));
}

const cuts = fc.array(fc.nat(), { maxLength: 5 });

describe('reading', () => {
  test('given a list of any JSON in any chunks, then records, counts and problems are those of JSON.parse', () => {
    fc.assert(
      fc.property(textOfOneList, cuts, ({ values, text }, at) => {
        const { found, records, problems } = split(cut(Buffer.from(text), at));
        const plain = readPlainly(values, eventNamePrefixes);
        expect(found.map(({ record }) => record)).toEqual(plain.found);
        expect({ records, problems: problems.length }).toEqual({
          records: plain.records,
          problems: plain.problems,
        });
      }),
      { numRuns: 1_000 },
    );
  });

  test('given any JSON in any chunks, then records and counts are those of JSON.parse', () => {
    fc.assert(
      fc.property(logText, cuts, ({ values, text }, at) => {
        const { found, records } = split(cut(Buffer.from(text), at));
        const plain = readPlainly(values, eventNamePrefixes);
        expect(found.map(({ record }) => record)).toEqual(plain.found);
        if (values.length > 0) expect(records).toEqual(plain.records);
      }),
      { numRuns: 2_000 },
    );
  });

  test('given any JSON in any chunks, when nothing was counted unchecked, then the problems are those of JSON.parse', () => {
    fc.assert(
      fc.property(logText, cuts, ({ values, text }, at) => {
        const { problems, unchecked } = split(cut(Buffer.from(text), at));
        fc.pre(values.length > 0 && unchecked === 0);
        expect(problems).toHaveLength(readPlainly(values, eventNamePrefixes).problems);
      }),
      { numRuns: 1_000 },
    );
  });

  test('given a wanted record beside the seam of two lists, then it is found', () => {
    const nameless = { eventVersion: '1', readOnly: true, tlsDetails: { x: 'y' } };
    const usual = [usualRecord, usualRecord, usualRecord];
    const seams = [
      [
        [...usual, nameless],
        [match('a'), ...usual],
      ],
      [
        [...usual, match('a')],
        [nameless, ...usual],
      ],
      [
        [...usual, nameless, match('a')],
        [nameless, usualRecord],
      ],
    ];
    for (const [first, second] of seams) {
      const text = `${JSON.stringify({ Events: first, NextToken: 'x' })}\n${JSON.stringify({ Records: second })}`;
      const { found } = split([Buffer.from(text)]);
      expect(found.map(({ record }) => record)).toEqual([match('a')]);
    }
  });

  test('given any text in any chunks, when all of it is parsed, then the result is that of the whole', () => {
    fc.assert(
      fc.property(damagedText, cuts, (text, at) => {
        const bytes = Buffer.from(text);
        expect(split(cut(bytes, at), parsingAll)).toEqual(split([bytes], parsingAll));
      }),
      { numRuns: 1_000 },
    );
  });

  test('given any text in any chunks, then each record that a full reading finds is found, at its place', () => {
    fc.assert(
      fc.property(damagedText, cuts, (text, at) => {
        const bytes = Buffer.from(text);
        expect(split(cut(bytes, at)).found).toEqual(
          expect.arrayContaining([...split([bytes], parsingAll).found]),
        );
      }),
      { numRuns: 1_000 },
    );
  });

  test('given any text, when nothing was counted unchecked, then the result is that of a full reading', () => {
    fc.assert(
      fc.property(damagedText, cuts, (text, at) => {
        const bytes = Buffer.from(text);
        const quick = split(cut(bytes, at));
        fc.pre(quick.unchecked === 0);
        expect(quick).toEqual(split([bytes], parsingAll));
      }),
      { numRuns: 1_000 },
    );
  });

  test('given any text, then it is broken where the language itself finds it broken', () => {
    fc.assert(
      fc.property(fc.oneof(fc.json(), fc.string(), damagedText), (text) => {
        // With it, the text may end the value around it and begin another one.
        fc.pre(!/\]\s*\}/.test(text));
        const wrapped = `{"eventName":"x","inner":[${text}\n]}`;
        expect(split([Buffer.from(wrapped)]).problems.length === 0).toBe(isJson(wrapped));
      }),
      { numRuns: 500 },
    );
  });
});

describe('among records that look alike', () => {
  const table = unusualValues.flatMap((value) =>
    [[value], [0, value], [value, value]].map((between) => ({
      between,
      name: JSON.stringify(between).slice(0, 90),
    })),
  );
  const usual = [usualRecord, usualRecord, usualRecord];

  test.each(table)('given $name, then it is read as JSON.parse reads it', ({ between }) => {
    for (const write of writers)
      for (const arrange of arrangements) {
        const values = arrange([...usual, ...between, ...usual]);
        const { found, records, problems } = split([Buffer.from(values.map(write).join('\n'))]);
        const plain = readPlainly(values, eventNamePrefixes);
        expect(found.map(({ record }) => record)).toEqual(plain.found);
        expect([records, problems.length]).toEqual([plain.records, plain.problems]);
      }
  });

  test('given no other value, then they are counted without being parsed', () => {
    const records = Array.from({ length: 100 }, () => usualRecord);
    for (const write of writers)
      expect(split([Buffer.from(write({ Records: records }))])).toMatchObject({
        records: 100,
        unchecked: 96,
      });
  });
});

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
