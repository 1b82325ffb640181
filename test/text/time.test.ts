import fc from 'fast-check';
import { formatTime } from '../../lambda/text/time';

test.each([
  ['UTC', 'Tue 6 Oct 2026 21:14:05 UTC'],
  ['Europe/Paris', 'Tue 6 Oct 2026 23:14:05 Europe/Paris'],
  ['Asia/Tokyo', 'Wed 7 Oct 2026 06:14:05 Asia/Tokyo'],
])('given zone %s, then the time is that of its clocks and names it', (zone, expected) => {
  expect(formatTime(new Date('2026-10-06T21:14:05Z'), zone)).toBe(expected);
});

test('given September, then its name has three letters as those of other months', () => {
  expect(formatTime(new Date('2026-09-06T21:14:05Z'), 'UTC')).toBe('Sun 6 Sep 2026 21:14:05 UTC');
});

test('given any time, then hours run from 00 to 23 and the zone is last', () => {
  fc.assert(
    fc.property(fc.date({ noInvalidDate: true, min: new Date(0), max: new Date('2100-01-01') }), (time) => {
      expect(formatTime(time, 'UTC')).toMatch(/ ([01]\d|2[0-3]):[0-5]\d:[0-5]\d UTC$/);
    }),
  );
});
