import { execFileSync } from 'node:child_process';
import { partitionsOf } from '../../lambda/detection/index-shards';
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

test('given the table, then the command of the digest asks each shard of the day', () => {
  const { default: text } = digestNotification({
    withheld: [withheld(shop, 1)],
    isAll: true,
    now: new Date(),
    alertTable: { name: 'alerts', region: 'eu-west-3' },
    accountNames: new Map(),
  }).bodies;
  const [, command = ''] = text.split('List them:\n');
  const printed = execFileSync('sh', ['-c', `aws() { printf '%s\\n' "$@"; }\n${command}`], {
    encoding: 'utf8',
  });
  const values = printed.split('\n').filter((line) => line.startsWith('{":day"'));
  expect(values.map((json) => JSON.parse(json)[':day'].S)).toEqual(partitionsOf('2026-10-06').slice(1));
});
