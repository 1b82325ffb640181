import { answerTo, type Setting, settings } from '../../../../cli/commands/init/answers';

const today = '2026-11-25';

function setting(key: Setting['key']): Setting {
  const found = settings.find((each) => each.key === key);
  if (found === undefined) throw new Error(key);
  return found;
}

test.each([
  ['email', 'security@example.com', 'security@example.com'],
  ['slack', 'T0123ABCD/C0123ABCD', { workspaceId: 'T0123ABCD', channelId: 'C0123ABCD' }],
  [
    'workingHours',
    'mon-fri 08:00-19:00 Europe/Paris',
    { timeZone: 'Europe/Paris', days: ['mon', 'tue', 'wed', 'thu', 'fri'], from: '08:00', to: '19:00' },
  ],
  [
    'workingHours',
    'SAT-MON,wed,sun 22:00 - 06:00 UTC',
    { timeZone: 'UTC', days: ['sat', 'sun', 'mon', 'wed'], from: '22:00', to: '06:00' },
  ],
  ['email', 'None', undefined],
] as const)('given %s as %s, then it is a value of the configuration', (key, line, value) => {
  expect(answerTo(setting(key), line, today)).toEqual({ [key]: value });
});

test('given hours without a zone, then the zone is that of this machine', () => {
  const { timeZone } = Intl.DateTimeFormat().resolvedOptions();
  expect(answerTo(setting('workingHours'), 'mon 08:00-09:00', today)).toMatchObject({
    workingHours: { timeZone },
  });
});

test.each([
  ['email', 'security', 'email is "security"; allowed: one email address'],
  ['email', 'a@b.example\u202e', 'allowed: one email address'],
  ['slack', 'T0123ABCD', 'slack is "T0123ABCD"; write it as in: T0123ABCD/C0123ABCD'],
  ['slack', 'T0123ABCD/C0123ABCD/x', 'write it as in'],
  ['slack', 't/C0123ABCD', 'slack.workspaceId is "t"; allowed:'],
  ['workingHours', 'all day', 'workingHours is "all day"; write it as in: mon-fri'],
  ['workingHours', 'mon-fru 08:00-19:00 UTC', 'workingHours.days[0] is "mon-fru"; allowed: "mon"'],
  ['workingHours', 'mon 8:00-19:00 UTC', 'workingHours.from is "8:00"; allowed:'],
  ['workingHours', 'mon 08:00-08:00 UTC', 'a time other than workingHours.from'],
  [
    'workingHours',
    'mon 08:00-19:00 Mars/Base',
    'workingHours.timeZone is "Mars/Base"; allowed: an IANA time zone',
  ],
  ['slack', 'x'.repeat(10_000), '(10000 characters)'],
] as const)('given %s as %s, then the sentence has the value and what to write', (key, line, sentence) => {
  expect(() => answerTo(setting(key), line, today)).toThrow(sentence);
});

test.each([
  ['email', 'security@example.com'],
  ['slack', 'T0123ABCD/C0123ABCD'],
  ['workingHours', 'mon,tue 08:00-19:00 Europe/Paris'],
] as const)('given the value of %s, then its line gives the same value', (key, line) => {
  const { read, show } = setting(key);
  expect(show(read(line))).toBe(line);
});

test.each([[true], [null], [{ workspaceId: 3 }], [[]]])(
  'given the value %j in a file, then it has no line',
  (value) => {
    expect(settings.map(({ show }) => show(value))).toEqual([undefined, undefined, undefined]);
  },
);
