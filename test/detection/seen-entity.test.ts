import fc from 'fast-check';
import {
  afterSighting,
  daysSinceEarlierDay,
  isNewAt,
  type SeenEntity,
  type Sighting,
} from '../../lambda/detection/seen-entity';

const sighting = (time: string, country?: string): Sighting => ({
  key: 'actor#a',
  time: new Date(time),
  country,
});

const seen = (...sightings: readonly Sighting[]): SeenEntity | undefined =>
  sightings.reduce<SeenEntity | undefined>((mark, next) => afterSighting(mark, next) ?? mark, undefined);

describe('a mark', () => {
  test('given sightings in any order and number, then it is the same', () => {
    const times = fc.date({ min: new Date('2026-01-01'), max: new Date('2026-12-31'), noInvalidDate: true });
    const sightings = fc.array(
      fc.record({ key: fc.constant('a'), time: times, country: fc.constantFrom('BR', 'IE') }),
      {
        minLength: 1,
      },
    );
    fc.assert(
      fc.property(sightings, fc.infiniteStream(fc.nat()), (given, numbers) => {
        const draw = numbers[Symbol.iterator]();
        const order = [...given, ...given].map((item) => [draw.next().value as number, item] as const);
        const shuffled = order.sort(([a], [b]) => a - b).map(([, item]) => item);
        expect(seen(...shuffled)).toEqual(seen(...given));
      }),
    );
  });

  test('given nothing new, then nothing is to be written', () => {
    const mark = seen(sighting('2026-10-06T09:00:00Z', 'IE'));
    expect(afterSighting(mark, sighting('2026-10-06T18:00:00Z', 'IE'))).toBeUndefined();
    expect(afterSighting(mark, sighting('2026-10-06T18:00:00Z', 'BR'))).toMatchObject({
      countries: ['BR', 'IE'],
    });
    expect(afterSighting(mark, sighting('2026-10-07T09:00:00Z', 'IE'))).toMatchObject({
      lastDay: '2026-10-07',
      dayBefore: '2026-10-06',
    });
  });
});

describe('what is new', () => {
  const mark = seen(sighting('2026-10-06T09:00:00Z'));

  test.each([
    ['never seen', undefined, '2026-10-06T09:00:00Z', true],
    ['seen by the same call', mark, '2026-10-06T09:00:00Z', true],
    ['first seen a quarter of an hour before', mark, '2026-10-06T09:15:00Z', true],
    ['first seen longer ago', mark, '2026-10-06T09:15:01Z', false],
    ['first seen later', mark, '2026-10-06T08:00:00Z', true],
  ])('given something %s', (_, known, time, expected) => {
    expect(isNewAt(known, new Date(time))).toBe(expected);
  });

  test.each([
    ['the same day', ['2026-10-06T09:00:00Z'], undefined],
    ['a day before', ['2026-10-05T23:59:59Z'], 1],
    ['the same day and 31 days before', ['2026-09-05T09:00:00Z', '2026-10-06T08:00:00Z'], 31],
    ['a later day only', ['2026-10-09T09:00:00Z'], undefined],
  ])('given sightings of %s, then the days since an earlier day are counted', (_, times, expected) => {
    const known = seen(...times.map((time) => sighting(time)));
    expect(daysSinceEarlierDay(known, new Date('2026-10-06T10:00:00Z'))).toBe(expected);
  });
});
