import { TimeLeft } from '../../../../cli/commands/replay/time-left';

/** Milliseconds of each of the steps of some work, one unit each. */
type Steps = readonly number[];

const steps = (count: number, milliseconds: (index: number) => number): Steps =>
  Array.from({ length: count }, (_, index) => milliseconds(index));

/** The estimate after each step, beside the time that the rest then really takes. */
function estimates(
  work: Steps,
): readonly { readonly atSeconds: number; readonly said: number; readonly real: number }[] {
  const timeLeft = new TimeLeft();
  const total = work.reduce((sum, each) => sum + each, 0);
  let now = 0;
  timeLeft.add(now, 0);
  return work.map((milliseconds, index) => {
    now += milliseconds;
    timeLeft.add(now, index + 1);
    const said = timeLeft.secondsUntil(work.length) ?? Number.POSITIVE_INFINITY;
    return { atSeconds: now / 1_000, said, real: (total - now) / 1_000 };
  });
}

/** A second of rounding is no error when little is left. */
const isWithinFifth = ({ said, real }: { readonly said: number; readonly real: number }) =>
  Math.abs(said - real) <= Math.max(1, real / 5);

describe('the time left is true within a fifth', () => {
  test.each<readonly [string, Steps]>([
    ['steps of the same length', steps(2_000, () => 100)],
    ['short and long steps in turns', steps(2_000, (index) => (index % 10 === 0 ? 200 : 20))],
    ['one large file in many parts', steps(20_000, () => 7)],
  ])('given %s, then from the third second on', (_, work) => {
    const wrong = estimates(work).filter((each) => each.atSeconds > 3 && !isWithinFifth(each));
    expect(wrong).toEqual([]);
  });

  test('given work that becomes ten times slower, then within half a minute', () => {
    const work = steps(3_000, (index) => (index < 1_500 ? 20 : 200));
    const changedAt = 30;
    const later = estimates(work).filter(({ atSeconds }) => atSeconds > changedAt + 31);
    expect(later.length).toBeGreaterThan(1_000);
    expect(later.filter((each) => !isWithinFifth(each))).toEqual([]);
  });

  test('given nothing done yet, then no time is claimed', () => {
    const timeLeft = new TimeLeft();
    timeLeft.add(0, 0);
    timeLeft.add(5_000, 0);
    expect(timeLeft.secondsUntil(10)).toBeUndefined();
  });
});
