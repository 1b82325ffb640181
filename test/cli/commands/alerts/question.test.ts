import {
  type AlertsOptions,
  alertQueryFrom,
  isAfter,
  pageEndOf,
  pageToken,
  timeOf,
} from '../../../../cli/commands/alerts/question';

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

const options: AlertsOptions = { since: '7d', limit: 50 };

test('given an ARN, then its index is asked; given a name, then all days are', () => {
  const arn = 'arn:aws:lambda:eu-west-3:123456789012:function:payments';
  expect(alertQueryFrom({ ...options, function: arn }, now).by).toEqual({ kind: 'target', arn });
  expect(alertQueryFrom({ ...options, function: 'payments' }, now).by).toEqual({ kind: 'day' });
  const actor = 'arn:aws:iam::123456789012:role/ci-deploy';
  expect(alertQueryFrom({ ...options, actor }, now).by).toEqual({ kind: 'actor', actor });
});

test('given a band, then it and the higher ones are asked for', () => {
  expect(alertQueryFrom({ ...options, band: 'high' }, now).filters).toEqual({ band: ['high', 'critical'] });
});

test.each([{ band: 'urgent' }, { status: 'new' }, { disposition: 'told' }, { page: 'x' }])(
  'given %j, then it is refused with what is allowed',
  (wrong) => {
    expect(() => alertQueryFrom({ ...options, ...wrong }, now)).toThrow(/; allowed: /);
  },
);

test('given the end of a page, then what comes after it is older, or of the same second with a greater id', () => {
  const alert = (firstSeen: string, digit: string) => ({ firstSeen, alertId: digit.repeat(64) });
  const end = pageEndOf(pageToken(alert('2026-10-06T11:00:00.000Z', '5')));
  expect(isAfter(alert('2026-10-06T10:59:59.000Z', '1'), end)).toBe(true);
  expect(isAfter(alert('2026-10-06T11:00:00.000Z', '6'), end)).toBe(true);
  expect(isAfter(alert('2026-10-06T11:00:00.000Z', '5'), end)).toBe(false);
  expect(isAfter(alert('2026-10-06T11:00:01.000Z', '9'), end)).toBe(false);
});
