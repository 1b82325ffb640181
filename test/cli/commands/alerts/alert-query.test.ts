import {
  alertQueryFrom,
  isAfter,
  pageEndOf,
  pageToken,
  type QueryOptions,
  timeOf,
} from '../../../../cli/commands/alerts/alert-query';

const now = new Date('2026-10-06T12:00:00Z');

test.each([
  ['90m', '2026-10-06T10:30:00.000Z'],
  ['24h', '2026-10-05T12:00:00.000Z'],
  ['7d', '2026-09-29T12:00:00.000Z'],
  ['2w', '2026-09-22T12:00:00.000Z'],
  ['2026-10-01', '2026-10-01T00:00:00.000Z'],
  ['2026-10-01T21:30Z', '2026-10-01T21:30:00.000Z'],
  ['2026-10-01T21:30:05+02:00', '2026-10-01T19:30:05.000Z'],
])('given %s, then it is the time %s', (text, time) => {
  expect(timeOf(text, now, '--since').toISOString()).toBe(time);
});

test.each(['', 'yesterday', '7', '7y', '2026-13-01', '2026-10-01 21:30', '2026-10-01T21:30', '-7d', '1e9d'])(
  'given %j, then it is refused with what is allowed',
  (text) => {
    expect(() => timeOf(text, now, '--since')).toThrow(/^--since is ".*"; allowed: a duration/);
  },
);

const options: QueryOptions = { since: '7d' };

const functionArn = 'arn:aws:lambda:eu-west-3:123456789012:function:payments';
const roleArn = 'arn:aws:iam::123456789012:role/ci-deploy';

test.each([
  ['the ARN of a function', { function: functionArn }, { kind: 'target', arn: functionArn }],
  ['the name of a function', { function: 'payments' }, { kind: 'day' }],
  ['the ARN of an actor', { actor: roleArn }, { kind: 'actor', actor: roleArn }],
])('given %s, then the right index is queried', (_, filter, by) => {
  expect(alertQueryFrom({ ...options, ...filter }, now).by).toEqual(by);
});

test('given a band, then the query names it and the higher ones', () => {
  expect(alertQueryFrom({ ...options, band: 'high' }, now).filters).toEqual({ band: ['high', 'critical'] });
});

test('given what is no page token, then it is refused with what is allowed', () => {
  expect(() => alertQueryFrom({ ...options, page: 'x' }, now)).toThrow(/; allowed: /);
});

test('given the end of a page, then what comes after it is older, or of the same second with a greater id', () => {
  const alert = (firstSeen: string, digit: string) => ({ firstSeen, alertId: digit.repeat(64) });
  const end = pageEndOf(pageToken(alert('2026-10-06T11:00:00.000Z', '5')));
  expect(isAfter(alert('2026-10-06T10:59:59.000Z', '1'), end)).toBe(true);
  expect(isAfter(alert('2026-10-06T11:00:00.000Z', '6'), end)).toBe(true);
  expect(isAfter(alert('2026-10-06T11:00:00.000Z', '5'), end)).toBe(false);
  expect(isAfter(alert('2026-10-06T11:00:01.000Z', '9'), end)).toBe(false);
});
