import {
  actorHash,
  type BudgetRequest,
  budgetAccount,
  budgetLimits,
  budgetWindow,
  grantKey,
  isGranted,
  isUrgent,
  limitOf,
} from '../../lambda/detection/notification-budget';

const limits = budgetLimits({ count: 100, minutes: 10 });

function request(fields: Partial<BudgetRequest> = {}): BudgetRequest {
  return {
    alertId: 'alert',
    recordId: 'record',
    band: 'medium',
    eventTime: new Date('2026-10-06T21:14:05Z'),
    actor: 'eve',
    isNewActor: false,
    account: undefined,
    previouslyNotified: false,
    ...fields,
  };
}

const granted = (count: number) => new Set(Array.from({ length: count }, (_, index) => String(index)));

describe('the limits', () => {
  test.each([
    [100, { urgent: 100, newActor: 95, firstOfActor: 90, unreserved: 80 }],
    [39, { urgent: 39, newActor: 38, firstOfActor: 36, unreserved: 32 }],
    [1, { urgent: 1, newActor: 1, firstOfActor: 1, unreserved: 1 }],
  ])('given a budget of %d, then a part of it is reserved', (count, expected) => {
    expect(budgetLimits({ count, minutes: 10 })).toEqual(expected);
  });

  test.each<[string, BudgetRequest, readonly string[], number]>([
    ['a high alert of an actor who had some', request({ band: 'high' }), ['eve'], 100],
    ['an alert that people know of', request({ previouslyNotified: true }), ['eve'], 100],
    ['an actor who had some', request(), ['eve'], 80],
    ['an actor who had none', request(), ['other'], 90],
    ['a new actor', request({ isNewActor: true }), ['other'], 95],
    ['a new actor who had some', request({ isNewActor: true }), ['eve'], 80],
  ])('given %s, then the limit is right', (_, asked, actors, limit) => {
    expect(limitOf(asked, new Set(actors.map((actor) => actorHash(request({ actor })))), limits)).toBe(limit);
  });

  test('given a medium alert, then it is not urgent', () => {
    expect(isUrgent(request())).toBe(false);
  });
});

describe('whether a notification is granted', () => {
  const actors = new Set<string>();

  test('given one place below the limit, then it is', () => {
    expect(isGranted(request(), { granted: granted(89), actors }, limits)).toBe(true);
  });

  test('given the limit, then it is not', () => {
    expect(isGranted(request(), { granted: granted(90), actors }, limits)).toBe(false);
  });

  test('given a record that was granted before, then it is', () => {
    const use = { granted: new Set([...granted(100), grantKey(request())]), actors };
    expect(isGranted(request(), use, limits)).toBe(true);
  });

  test('given another record of the same alert, then it is not', () => {
    const use = { granted: new Set([...granted(100), grantKey(request())]), actors };
    expect(isGranted(request({ recordId: 'other' }), use, limits)).toBe(false);
  });
});

describe('what is stored of a notification', () => {
  test('given a long name of an actor, then its hash has 16 hexadecimal digits', () => {
    expect(actorHash(request({ actor: 'x'.repeat(5_000) }))).toMatch(/^[0-9a-f]{16}$/);
  });

  test('given two actors, then their hashes differ', () => {
    expect(actorHash(request())).not.toBe(actorHash(request({ actor: 'carol' })));
  });
});

describe('the window', () => {
  const budget = { count: 100, minutes: 10 };
  const time = new Date('2026-10-06T21:14:05Z');

  test('given no account, then its name is its start and length', () => {
    expect(budgetWindow(time, request(), budget)).toBe('2026-10-06T21:10:00.000Z#10');
  });

  test('given an account, then its name begins with it', () => {
    expect(budgetWindow(time, request({ account: '1' }), budget)).toBe('1#2026-10-06T21:10:00.000Z#10');
  });
});

describe('the account of a budget in an organization', () => {
  const organization = { id: 'o-a1b2c3d4e5', accounts: [], readAccounts: true, regions: [] };
  test.each(['1234567890123', 'x123456789012', undefined])(
    'given %s, which is no account, then it is unknown',
    (account) => {
      expect(budgetAccount(account, { organization })).toBe('unknown');
    },
  );
});
