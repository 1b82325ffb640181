import { markAfter, markWhenCutOff, planSweep } from '../../lambda/sweep/sweep-window';

const now = new Date('2026-10-06T12:00:00Z');
const span = (from: string, to = '2026-10-06T12:00:00Z') => ({ from: new Date(from), to: new Date(to) });
const iso = (time: string) => new Date(time).toISOString();

describe('the plan of a sweep for one event name', () => {
  test.each([
    ['the first run', undefined, span('2026-10-06T11:00:00Z')],
    ['a run after ten minutes', '2026-10-06T11:50:00Z', span('2026-10-06T11:00:00Z')],
    ['a run after three hours', '2026-10-06T09:00:00Z', span('2026-10-06T08:10:00Z')],
    ['a run after two days', '2026-10-04T12:00:00Z', span('2026-10-05T12:00:00Z')],
  ])('given %s, then it looks back as far before the mark as a run in time does', (_, covered, expected) => {
    const mark = covered === undefined ? undefined : { coveredUntil: iso(covered) };
    expect(planSweep(now, mark).spans).toEqual([expected]);
  });

  test('given a mark of two days ago, then what lies before the last day is a gap', () => {
    const { gap } = planSweep(now, { coveredUntil: iso('2026-10-04T12:00:00Z') });
    expect(gap).toEqual(span('2026-10-04T12:00:00Z', '2026-10-05T12:00:00Z'));
  });

  test('given a run that was cut off, then the next one looks through the newest and then the rest', () => {
    const { spans } = planSweep(now, {
      coveredUntil: iso('2026-10-06T11:50:00Z'),
      rest: { from: iso('2026-10-06T10:50:00Z'), to: iso('2026-10-06T11:20:00Z') },
    });
    expect(spans).toEqual([
      span('2026-10-06T11:35:00Z'),
      span('2026-10-06T10:50:00Z', '2026-10-06T11:20:00Z'),
    ]);
  });

  test('given a rest older than a day, then it is a gap', () => {
    const { spans, gap } = planSweep(now, {
      coveredUntil: iso('2026-10-06T11:50:00Z'),
      rest: { from: iso('2026-10-05T10:00:00Z'), to: iso('2026-10-05T11:00:00Z') },
    });
    expect(spans).toHaveLength(1);
    expect(gap).toEqual(span('2026-10-05T10:00:00Z', '2026-10-05T12:00:00Z'));
  });

  test('given a run that came to the end, then all until then is covered', () => {
    expect(markAfter(now)).toEqual({ coveredUntil: iso('2026-10-06T12:00:00Z') });
  });

  test('given a run that was cut off, then the rest reaches from the earliest span to where it came', () => {
    const spans = [span('2026-10-06T11:35:00Z'), span('2026-10-06T10:50:00Z', '2026-10-06T11:20:00Z')];
    expect(markWhenCutOff(now, spans, new Date('2026-10-06T11:00:00Z'))).toEqual({
      coveredUntil: iso('2026-10-06T12:00:00Z'),
      rest: { from: iso('2026-10-06T10:50:00Z'), to: iso('2026-10-06T11:00:00Z') },
    });
  });
});
