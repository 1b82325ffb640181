import type { FunctionHistory } from '../../lambda/detection/history';
import { compareWithListing } from '../../lambda/sweep/listing';
import { functionArn, layerVersion } from '../fixtures/records';

const base = layerVersion('base', 4);
const listed = {
  arn: functionArn('payments'),
  layers: [base],
  lastModified: Date.parse('2026-10-06T10:00:00Z'),
  revisionId: undefined,
};
const now = Date.parse('2026-10-07T10:00:00Z');

/** What a release before 0.3 noted. */
const noted = (time: string, layers: readonly string[] = [base]): FunctionHistory => ({
  entries: [],
  before: { time, layers },
  version: 0,
});

describe('a listing of a function that a release before 0.3 noted', () => {
  test('given the same layers, then it is an entry, so that the function comes into the index', () => {
    expect(compareWithListing(listed, noted('2026-10-01T00:00:00.000Z'), now)).toMatchObject({
      kind: 'first',
      entry: { source: 'listing', layers: [base], time: '2026-10-06T10:01:00.000Z' },
    });
  });

  test('given a note that is younger than the listing, then the entry is behind the note', () => {
    expect(compareWithListing(listed, noted('2026-10-06T12:00:00.000Z'), now)).toMatchObject({
      entry: { time: '2026-10-06T12:00:01.000Z' },
    });
  });

  test('given other layers in a younger note, then nothing follows', () => {
    expect(compareWithListing(listed, noted('2026-10-06T12:00:00.000Z', []), now)).toEqual({
      kind: 'nothing',
    });
  });

  test('given the same layers in a history of this release, then nothing follows', () => {
    const history = { ...noted('2026-10-01T00:00:00.000Z'), version: 3 };
    expect(compareWithListing(listed, history, now)).toEqual({ kind: 'nothing' });
  });
});
