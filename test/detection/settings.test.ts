import {
  defaultDetectionSettings,
  detectionSettingsOf,
  withAccounts,
  writtenSettings,
} from '../../lambda/detection/settings';

const organization = { id: 'o-a1b2c3d4e5', accounts: ['1'], readAccounts: true, regions: [] };
const settings = {
  ...defaultDetectionSettings,
  accountNames: new Map([['1', 'production']]),
  owners: new Map([['1', 'platform']]),
  riskPoints: new Map([['root-user', 5]]),
  accountUnits: new Map([['1', 'prod']]),
};

test('given the defaults, then they are those of the published rule', () => {
  expect(defaultDetectionSettings).toMatchObject({
    notifyOn: 'layer-changes',
    foldingWindowMinutes: 60,
    notificationBudget: { count: 100, minutes: 10 },
    minimumBandToNotify: 'low',
    trustedAccounts: [],
    vendors: [],
    deployers: [],
    exceptions: [],
    retentionDays: 400,
    routes: [],
    routing: 'first',
  });
});

test('given settings that were written as JSON, then they are read as they were', () => {
  expect(detectionSettingsOf(JSON.parse(JSON.stringify(writtenSettings(settings))))).toEqual(settings);
});

describe('accounts that AWS Organizations lists', () => {
  const members = new Map([
    ['1', 'listed'],
    ['2', 'other'],
  ]);

  test('given an organization, then its accounts and names are added, and a configured name goes before', () => {
    expect(withAccounts({ ...settings, organization }, members)).toEqual({
      ...settings,
      accountNames: new Map([
        ['1', 'production'],
        ['2', 'other'],
      ]),
      organization: { ...organization, accounts: ['1', '1', '2'] },
    });
  });

  test('given no organization, then the settings stay', () => {
    expect(withAccounts(settings, members)).toBe(settings);
  });

  test('given no members, then the settings stay', () => {
    const given = { ...settings, organization };
    expect(withAccounts(given, new Map())).toBe(given);
  });
});
