import { daysAfter, secondsOf } from '../../lambda/detection/retention';

const time = new Date('1970-01-02T00:00:00.999Z');

test('given a time, then its seconds are whole', () => {
  expect(secondsOf(time)).toBe(86_400);
});

test('given two days, then they are added in seconds', () => {
  expect(daysAfter(time, 2)).toBe(259_200);
});
