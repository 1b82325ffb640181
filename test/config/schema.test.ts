import { parseSettings, SettingsError } from '../../config/schema';
import { defaultDetectionSettings, writtenSettings } from '../../lambda/detection/settings';

const today = '2026-11-23';
const account = '123456789012';

const exception = {
  name: 'nightly rollout',
  owner: 'payments team',
  reason: 'CI re-attaches the tracing layer',
  expires: '2027-01-31',
  principal: 'arn:aws:iam::123456789012:role/ci-*',
};

const everything = {
  $schema: './layerwatch.schema.json',
  notifyOn: 'every-match',
  foldingWindowMinutes: 30,
  notificationBudget: { count: 50, minutes: 5 },
  minimumBandToNotify: 'medium',
  workingHours: { timeZone: 'Europe/Paris', days: ['mon', 'fri'], from: '08:00', to: '18:30' },
  trustedAccounts: [account],
  accountNames: { [account]: 'production' },
  owners: { [account]: 'platform team', 'payments-': 'payments team' },
  runbook: 'https://wiki.example.com/layers?page=2#contain',
  vendors: [{ name: 'Example', account: '210987654321', layerPrefix: 'Example-' }],
  deployers: [{ name: 'ci', principal: 'arn:aws:iam::123456789012:role/ci-deploy' }],
  exceptions: [exception],
  riskPoints: { root: 40, deployer: -10 },
  retentionDays: 90,
  email: 'security@example.com',
  slack: { workspaceId: 'T0123ABCD', channelId: 'C0123ABCD' },
  kmsKeyArn: 'arn:aws:kms:eu-west-3:123456789012:key/11111111-2222-3333-4444-555555555555',
  alarmEmail: 'operations@example.com',
};

const strict = { knownFactors: ['root', 'deployer'], refuseExpired: true };

function problemsOf(value: unknown): readonly string[] {
  try {
    parseSettings(value, today, strict);
  } catch (error) {
    if (error instanceof SettingsError) return error.problems.map((problem) => problem.text);
    throw error;
  }
  return [];
}

describe('a configuration that is right', () => {
  test('may be empty: every key has a default', () => {
    expect(parseSettings({}, today)).toEqual({ detection: defaultDetectionSettings, stack: {} });
  });

  test.each([
    ['no organization', {}, 'low'],
    ['an organization', { organization: { id: 'o-a1b2c3d4e5' } }, 'medium'],
    [
      'an organization, and a severity',
      { organization: { id: 'o-a1b2c3d4e5' }, minimumBandToNotify: 'low' },
      'low',
    ],
  ])('given %s, then the lowest severity that is notified follows', (_, value, expected) => {
    expect(parseSettings(value, today).detection.minimumBandToNotify).toBe(expected);
  });

  test('may set every key', () => {
    const { detection, stack } = parseSettings(everything, today, strict);
    expect(detection).toMatchObject({
      notifyOn: 'every-match',
      foldingWindowMinutes: 30,
      notificationBudget: { count: 50, minutes: 5 },
      minimumBandToNotify: 'medium',
      workingHours: everything.workingHours,
      exceptions: [exception],
      retentionDays: 90,
    });
    expect(detection.accountNames).toEqual(new Map([[account, 'production']]));
    expect(detection.owners).toEqual(
      new Map([
        [account, 'platform team'],
        ['payments-', 'payments team'],
      ]),
    );
    expect(detection.runbook).toBe(everything.runbook);
    expect(detection.riskPoints).toEqual(
      new Map([
        ['root', 40],
        ['deployer', -10],
      ]),
    );
    expect(stack).toEqual({
      email: everything.email,
      slack: everything.slack,
      kmsKeyArn: everything.kmsKeyArn,
      alarmEmail: everything.alarmEmail,
    });
  });

  test('takes the default for the half of the budget that is left out', () => {
    const { detection } = parseSettings({ notificationBudget: { count: 7 } }, today);
    expect(detection.notificationBudget).toEqual({ count: 7, minutes: 10 });
  });

  test('survives being written as a file and read again', () => {
    const { detection } = parseSettings(everything, today, strict);
    const file = JSON.stringify(writtenSettings(detection));
    expect(parseSettings(JSON.parse(file), today, strict).detection).toEqual(detection);
  });

  test('survives with the defaults', () => {
    const file = JSON.stringify(writtenSettings(defaultDetectionSettings));
    expect(parseSettings(JSON.parse(file), today, strict).detection).toEqual(defaultDetectionSettings);
  });

  test('keeps an expired exception when the caller does not refuse it', () => {
    const expired = { ...exception, expires: '2026-11-22' };
    expect(parseSettings({ exceptions: [expired] }, today).detection.exceptions).toEqual([expired]);
  });

  test.each([
    ['the last day of an exception', { exceptions: [{ ...exception, expires: today }] }],
    ['an account by wildcard', { exceptions: [{ ...exception, account: '1234*' }] }],
    ['a region by wildcard', { exceptions: [{ ...exception, region: 'eu-*' }] }],
    ['a function by wildcard', { exceptions: [{ ...exception, function: 'payments-*' }] }],
    [
      'every role of one account',
      { exceptions: [{ ...exception, principal: `arn:aws:iam::${account}:role/*` }] },
    ],
    ['one role name in any account', { exceptions: [{ ...exception, principal: 'arn:aws:iam::*:role/ci' }] }],
    ['a user', { deployers: [{ name: 'jo', principal: `arn:aws-cn:iam::${account}:user/staff/jo` }] }],
    ['a layer', { exceptions: [{ ...exception, layer: `arn:aws:lambda:eu-west-3:${account}:layer:base` }] }],
    [
      'a layer version',
      { exceptions: [{ ...exception, layer: `arn:aws:lambda:*:${account}:layer:base:7` }] },
    ],
    ['hours over midnight', { workingHours: { ...everything.workingHours, from: '22:00', to: '06:00' } }],
    [
      'a GovCloud key',
      { kmsKeyArn: `arn:aws-us-gov:kms:us-gov-west-1:${account}:key/mrk-1234abcd12ab34cd56ef1234567890ab` },
    ],
    [
      'the limits',
      { foldingWindowMinutes: 1440, retentionDays: 3650, notificationBudget: { count: 10_000, minutes: 1 } },
    ],
  ])('accepts %s', (_name, value) => {
    expect(problemsOf(value)).toEqual([]);
  });
});

describe('unknown keys', () => {
  test.each([
    [{ foldingWindow: 5 }, 'foldingWindow is not known; the nearest known key is foldingWindowMinutes'],
    [
      { notificationBudget: { counts: 5 } },
      'notificationBudget.counts is not known; the nearest known key is count',
    ],
    [
      { slack: { ...everything.slack, chanelId: 'C1' } },
      'slack.chanelId is not known; the nearest known key is channelId',
    ],
    [
      { exceptions: [{ ...exception, regions: 'eu-*' }] },
      'exceptions[0].regions is not known; the nearest known key is region',
    ],
    [JSON.parse('{"__proto__":{"email":"a@example.com"}}'), '__proto__ is not known; '],
    [{ constructor: 1 }, 'constructor is not known; '],
  ])('are named with the nearest known one: %j', (value, text) => {
    expect(problemsOf(value)).toEqual([expect.stringContaining(text)]);
  });

  test('are all reported, beside wrong values', () => {
    expect(problemsOf({ emial: 'a@example.com', retentionDay: 4, notifyOn: 'all' })).toEqual([
      'emial is not known; the nearest known key is email',
      'retentionDay is not known; the nearest known key is retentionDays',
      'notifyOn is "all"; allowed: "layer-changes", "every-match" or a list of kinds of change: "tampering", "added", "version-changed", "unseen-change", "before-unknown", "published", "unreadable", "removed", "reordered", "unchanged", "no-layers"',
    ]);
  });

  test('show control characters as their code', () => {
    expect(problemsOf({ 'e\u001b[2Jmail': 1 })[0]).toMatch(/^e\\u\{1b\}\[2Jmail is not known/);
  });
});

describe('wrong values', () => {
  const principal = (value: unknown) => ({ exceptions: [{ ...exception, principal: value }] });
  const condition = (key: string, value: unknown) => ({ exceptions: [{ ...exception, [key]: value }] });
  const vendor = (layerPrefix: unknown) => ({ vendors: [{ name: 'V', account, layerPrefix }] });
  const hours = (change: object) => ({ workingHours: { ...everything.workingHours, ...change } });

  test.each<[unknown, string]>([
    [[], 'the configuration is []; allowed: an object'],
    [null, 'the configuration is null; allowed: an object'],
    ['x', 'the configuration is "x"; allowed: an object'],
    [
      { foldingWindowMinutes: 0 },
      'foldingWindowMinutes is 0; allowed: a whole number of minutes from 1 to 1440',
    ],
    [{ foldingWindowMinutes: 1441 }, 'foldingWindowMinutes is 1441;'],
    [{ foldingWindowMinutes: 1.5 }, 'foldingWindowMinutes is 1.5;'],
    [{ foldingWindowMinutes: '60' }, 'foldingWindowMinutes is "60";'],
    [{ foldingWindowMinutes: null }, 'foldingWindowMinutes is null;'],
    [
      { notificationBudget: { count: 10_001 } },
      'notificationBudget.count is 10001; allowed: a whole number of notifications from 1 to 10000',
    ],
    [{ notificationBudget: { minutes: 0 } }, 'notificationBudget.minutes is 0;'],
    [{ notificationBudget: [] }, 'notificationBudget is []; allowed: an object of count and minutes'],
    [{ retentionDays: 3651 }, 'retentionDays is 3651; allowed: a whole number of days from 1 to 3650'],
    [
      { minimumBandToNotify: 'hgih' },
      'minimumBandToNotify is "hgih"; allowed: "low", "medium", "high", "critical"',
    ],
    [{ trustedAccounts: ['12345'] }, 'trustedAccounts[0] is "12345"; allowed: an account id, twelve digits'],
    [{ trustedAccounts: [123456789012] }, 'trustedAccounts[0] is 123456789012;'],
    [{ trustedAccounts: account }, `trustedAccounts is "${account}"; allowed: a list`],
    [
      { accountNames: { prod: 'x' } },
      'accountNames.prod is "x"; allowed: an account id of twelve digits as key',
    ],
    [{ accountNames: { [account]: '' } }, `accountNames.${account} is "";`],
    [{ accountNames: [] }, 'accountNames is [];'],
    [JSON.parse('{"accountNames":{"__proto__":"x"}}'), 'accountNames.__proto__ is "x";'],
    [
      { owners: { 12345: 'x' } },
      'owners.12345 is "x"; allowed: an account id of twelve digits or the beginning of a function\'s name as key',
    ],
    [{ owners: { 'pay*': 'x' } }, 'owners.pay* is "x"; allowed: an account id'],
    [{ owners: { [`arn:aws:lambda:eu-west-3:${account}:function:pay`]: 'x' } }, 'as key, without wildcard'],
    [{ owners: { pay: '' } }, 'owners.pay is ""; allowed: one line of 1 to 500 characters'],
    [{ owners: { pay: ['a'] } }, 'owners.pay is ["a"];'],
    [{ owners: 'payments team' }, 'owners is "payments team"; allowed: an object of names'],
    [
      { runbook: 'http://wiki.example.com' },
      'runbook is "http://wiki.example.com"; allowed: one https address',
    ],
    [{ runbook: 'https://wiki.example.com/a b' }, 'runbook is "https://wiki.example.com/a b";'],
    [{ runbook: 'https://user@evil.example' }, 'runbook is "https://user@evil.example";'],
    [{ runbook: '' }, 'runbook is "";'],
    [
      { riskPoints: { rooot: 5 } },
      'riskPoints.rooot is 5; allowed: a known factor as key, the nearest is root',
    ],
    [
      { riskPoints: { root: 100 } },
      'riskPoints.root is 100; allowed: a whole number of points from -99 to 99',
    ],
    [
      hours({ timeZone: 'Europe/Pariss' }),
      'workingHours.timeZone is "Europe/Pariss"; allowed: an IANA time zone',
    ],
    [hours({ days: [] }), 'workingHours.days is []; allowed: at least one day'],
    [hours({ days: ['Monday'] }), 'workingHours.days[0] is "Monday"; allowed: "mon", "tue"'],
    [hours({ from: '8:00' }), 'workingHours.from is "8:00"; allowed: a time "HH:MM"'],
    [hours({ to: '24:00' }), 'workingHours.to is "24:00";'],
    [hours({ to: '08:00' }), 'workingHours.to is "08:00"; allowed: a time other than workingHours.from'],
    [vendor(''), 'vendors[0].layerPrefix is "";'],
    [vendor('*'), 'vendors[0].layerPrefix is "*";'],
    [vendor('Data*'), 'vendors[0].layerPrefix is "Data*"; allowed: the beginning of a layer name'],
    [vendor(undefined), 'vendors[0].layerPrefix is undefined;'],
    [
      { vendors: [{ name: 'V', account }] },
      'vendors[0].layerPrefix is missing; needed: an object of name, account and layerPrefix',
    ],
    [principal('*'), 'exceptions[0].principal is "*";'],
    [
      principal('ci-deploy'),
      'exceptions[0].principal is "ci-deploy"; allowed: the ARN of an IAM role or user',
    ],
    [principal(`arn:aws:sts::${account}:assumed-role/ci/run-1`), 'of a session take its role'],
    [principal(`arn:aws:iam::${account}:root`), 'exceptions[0].principal is'],
    [principal('arn:aws:iam::*:role/*'), 'not for account and name alike'],
    [{ deployers: [{ name: 'd', principal: 'arn:aws:iam::**:user/**' }] }, 'deployers[0].principal is'],
    [condition('account', '*'), 'exceptions[0].account is "*";'],
    [condition('account', '12'), 'exceptions[0].account is "12";'],
    [condition('region', '**'), 'exceptions[0].region is "**";'],
    [condition('function', '*'), 'exceptions[0].function is "*";'],
    [condition('function', 'arn:aws:lambda:eu-west-3:123456789012:function:f'), "a function's bare name"],
    [condition('layer', '*'), 'exceptions[0].layer is "*";'],
    [condition('layer', 'base'), 'exceptions[0].layer is "base"; allowed: the ARN of a layer'],
    [condition('layer', 'arn:aws:lambda:eu-west-3:*:layer:*'), 'exceptions[0].layer is'],
    [
      condition('expires', '2026-11-22'),
      'exceptions[0].expires is "2026-11-22"; allowed: a day not before today, 2026-11-23',
    ],
    [
      condition('expires', '2027-02-30'),
      'exceptions[0].expires is "2027-02-30"; allowed: a date "YYYY-MM-DD"',
    ],
    [condition('expires', '31/01/2027'), 'exceptions[0].expires is "31/01/2027";'],
    [condition('owner', ' '), 'exceptions[0].owner is " ";'],
    [condition('name', 'é'), 'exceptions[0].name is "é"; allowed: 1 to 100 printable ASCII characters'],
    [
      { exceptions: [{}] },
      'exceptions[0].owner is missing; needed: an object of name, owner, reason, expires',
    ],
    [{ exceptions: ['x'] }, 'exceptions[0] is "x"; allowed: an object of name, owner'],
    [{ email: 'nobody' }, 'email is "nobody"; allowed: one email address'],
    [{ email: 'a@example.com, b@example.com' }, 'email is "a@example.com, b@example.com";'],
    [{ alarmEmail: '' }, 'alarmEmail is "";'],
    [
      { slack: { workspaceId: 't-1', channelId: 'C1' } },
      'slack.workspaceId is "t-1"; allowed: the id of a Slack workspace',
    ],
    [
      { slack: { workspaceId: 'T1', channelId: '#alerts' } },
      'slack.channelId is "#alerts"; allowed: the id of a Slack channel',
    ],
    [{ kmsKeyArn: `arn:aws:kms:eu-west-3:${account}:alias/own` }, 'not of an alias'],
  ])('%j is refused', (value, text) => {
    const problems = problemsOf(value);
    expect(problems).toContainEqual(expect.stringContaining(text));
  });

  test('an exception without a condition is refused', () => {
    const { principal: _, ...unconditional } = exception;
    expect(problemsOf({ exceptions: [unconditional] })).toEqual([
      expect.stringMatching(
        /^exceptions\[0\] is .*at least one of principal, account, region, function, layer$/,
      ),
    ]);
  });

  test('more than 15 routes are refused', () => {
    const routes = Array.from({ length: 16 }, (_, index) => ({ name: `Route${index}` }));
    expect(problemsOf({ routes })).toEqual([
      expect.stringMatching(/^routes is .+; allowed: 15 routes at most$/),
    ]);
    expect(() => parseSettings({ routes: routes.slice(1) }, today)).not.toThrow();
  });

  test.each([
    ['exceptions', exception],
    ['vendors', { name: 'V', account, layerPrefix: 'v-' }],
    ['deployers', { name: 'd', principal: exception.principal }],
  ])('a name given twice in %s is refused', (key, entry) => {
    expect(problemsOf({ [key]: [entry, { ...entry, name: 'other' }, entry] })).toEqual([
      `${key}[2].name is "${entry.name}"; allowed: a name of its own, ${key}[0] has this one`,
    ]);
  });

  test('a long value is cut, with its length said', () => {
    const [text = ''] = problemsOf({ routing: 'x'.repeat(500) });
    expect(text).toMatch(/\.\.\. \(502 characters\); allowed/);
    expect(text.length).toBeLessThan(200);
  });

  test('the error carries a code, and its message holds every problem', () => {
    const refused = () => parseSettings({ retentionDays: 0, foldingWindowMinutes: 0 }, today);
    expect(refused).toThrow(SettingsError);
    expect(refused).toThrow(/^foldingWindowMinutes is 0.*\nretentionDays is 0/);
    expect(refused).toThrow(expect.objectContaining({ code: 'settings-invalid' }));
  });
});
