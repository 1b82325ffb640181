import { type Cell, pipelineMatrix, sweepMatrix } from './crash-matrix';

const broken = (cells: readonly Cell[]) =>
  cells.filter(
    ({ lost, isCountExact, repeated, mayRepeat }) =>
      lost.length > 0 || !isCountExact || repeated > (mayRepeat ? 1 : 0),
  );

describe('a crash between any two steps', () => {
  test('given one on the way of a record, then nothing is lost, counted twice, or repeated but where SNS had accepted', async () => {
    expect(broken(await pipelineMatrix())).toEqual([]);
  });

  test('given one in a sweep, then the next sweep makes up for it', async () => {
    expect(broken(await sweepMatrix())).toEqual([]);
  });
});
