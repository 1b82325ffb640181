import { digestNotification } from '../../lambda/notification/digest';

const [shop, web] = ['210987654321', '310987654321'];

const withheld = (account: string, index: number) => ({
  alertId: `${index}`.padStart(64, 'a'),
  actor: `arn:aws:iam::${account}:role/ci-deploy`,
  targetArn: `arn:aws:lambda:eu-west-3:${account}:function:function-${index}`,
  band: 'medium' as const,
  firstSeen: '2026-10-06T09:00:00.000Z',
});

const digestOf = (accounts: readonly string[]) =>
  digestNotification({
    withheld: accounts.map(withheld),
    isAll: true,
    now: new Date(),
    alertTable: undefined,
    accountNames: new Map([[shop, 'web-shop']]),
  }).bodies.default;

test('given alerts of several accounts, then the digest counts them by account, with names where they are known', () => {
  expect(digestOf([shop, web, shop])).toContain(
    ['By account', `- 2: web-shop (${shop})`, `- 1: ${web}`, ''].join('\n'),
  );
});

test('given alerts of one account, then the digest does not repeat it', () => {
  expect(digestOf([shop, shop])).not.toContain('By account');
});
