import { type Cell, pipelineMatrix, sweepMatrix } from './crash-matrix';

function check(cells: readonly Cell[]): void {
  const wrong = cells.filter(({ lost, countExact }) => lost > 0 || !countExact);
  expect(wrong).toEqual([]);
}

describe('a crash between any two steps', () => {
  test('given one on the way of a record, and any recovery, then nothing is lost, counted twice or told twice but where SNS had accepted', async () => {
    const cells = await pipelineMatrix();
    check(cells);
    for (const { crash, recovery, notifications, mayRepeat } of cells)
      expect([crash, recovery, notifications]).toEqual([crash, recovery, mayRepeat ? 2 : 1]);
  });

  test('given one in a sweep, then the next sweep makes up for it', async () => {
    const cells = await sweepMatrix();
    check(cells);
    for (const { crash, notifications, mayRepeat } of cells)
      expect([crash, notifications >= 3 && notifications <= (mayRepeat ? 4 : 3)]).toEqual([crash, true]);
  });
});
