import {
  actorHash,
  type BudgetRequest,
  budgetAccount,
  budgetLimits,
  budgetWindow,
  grantKey,
  isGranted,
} from '../../lambda/detection/notification-budget';
import { defaultDetectionSettings } from '../../lambda/detection/settings';

const { notificationBudget } = defaultDetectionSettings;
const organization = { id: 'o-a1b2c3d4e5', accounts: [], readAccounts: true, regions: [] };

describe('whose budget a notification is of', () => {
  test.each([
    ['no organization', '210987654321', undefined, undefined],
    ['an organization', '210987654321', organization, '210987654321'],
    ['an organization, and no account', null, organization, 'unknown'],
    ['an organization, and an account that is none', '#version', organization, 'unknown'],
  ])('given %s, then it is that of %s', (_, account, settings, expected) => {
    expect(budgetAccount(account, { organization: settings })).toBe(expected);
  });
});

describe('400 accounts with 17 regions and five changes a day in each', () => {
  const accounts = Array.from({ length: 400 }, (_, index) => String(200_000_000_000 + index));
  const changesOfAccount = 17 * 5;
  const workingDayMilliseconds = 8 * 60 * 60_000;

  /** All of them in the eight hours of one working day, evenly, by one actor of each account: what a pipeline does. */
  const requests = accounts.flatMap((account) =>
    Array.from({ length: changesOfAccount }, (_, index): BudgetRequest => {
      const offset = (index * workingDayMilliseconds) / changesOfAccount;
      return {
        alertId: `${account}-${index}`,
        recordId: 'record',
        band: 'medium',
        eventTime: new Date(Date.UTC(2026, 10, 25, 8) + offset),
        actor: `arn:aws:iam::${account}:role/ci-deploy`,
        isNewActor: false,
        account,
        previouslyNotified: false,
      };
    }),
  );

  function withheldOf(asked: readonly BudgetRequest[]): number {
    const limits = budgetLimits(notificationBudget);
    const windows = new Map<string, { readonly granted: Set<string>; readonly actors: Set<string> }>();
    return asked.filter((request) => {
      const window = budgetWindow(request.eventTime, request, notificationBudget);
      const use = windows.get(window) ?? { granted: new Set(), actors: new Set() };
      windows.set(window, use);
      if (!isGranted(request, use, limits)) return true;
      use.granted.add(grantKey(request));
      use.actors.add(actorHash(request));
      return false;
    }).length;
  }

  test('given a budget for each account, then nothing is withheld', () => {
    expect(requests).toHaveLength(34_000);
    expect(withheldOf(requests)).toBe(0);
  });

  test('given one budget for all of them, then nine in ten would be withheld', () => {
    const shared = requests.map((request) => ({ ...request, account: undefined }));
    expect(withheldOf(shared) / shared.length).toBeGreaterThan(0.8);
  });
});
