import { OrganizationsClient } from '@aws-sdk/client-organizations';
import { OrganizationsAccounts } from '../../lambda/aws/organizations-accounts';
import { NoAccountsError } from '../../lambda/errors';
import { LoopbackAws } from '../harness/loopback-aws';

describe('the accounts of the organization', () => {
  let aws: LoopbackAws;
  let now: number;
  let accounts: OrganizationsAccounts;
  beforeEach(async () => {
    aws = await LoopbackAws.start();
    now = Date.parse('2026-11-25T04:00:00Z');
    const client = new OrganizationsClient({ region: 'us-east-1' });
    accounts = new OrganizationsAccounts(client, { now: () => new Date(now) });
  });
  afterEach(() => aws.stop());

  const givenAccounts = (...Accounts: readonly Record<string, string>[]) =>
    aws.on('ListAccounts', () => ({ Accounts }));

  test('given accounts with a State alone, then the active ones are listed with their names', async () => {
    givenAccounts(
      { Id: '210987654321', Name: 'web', State: 'ACTIVE' },
      { Id: '310987654321', Name: 'old', State: 'SUSPENDED' },
    );
    expect(await accounts.list()).toEqual(new Map([['210987654321', 'web']]));
  });

  test('given accounts with a Status alone, then the active ones are listed', async () => {
    givenAccounts({ Id: '210987654321', Name: 'web', Status: 'ACTIVE' });
    expect(await accounts.list()).toEqual(new Map([['210987654321', 'web']]));
  });

  test('given a State and a Status that differ, then the State counts', async () => {
    givenAccounts(
      { Id: '210987654321', Name: 'web', State: 'ACTIVE', Status: 'SUSPENDED' },
      { Id: '310987654321', Name: 'old', State: 'CLOSED', Status: 'ACTIVE' },
    );
    expect([...(await accounts.list()).keys()]).toEqual(['210987654321']);
  });

  test('given no active account, then the list is a failure', async () => {
    givenAccounts({ Id: '210987654321', Name: 'web' });
    await expect(accounts.list()).rejects.toThrow(NoAccountsError);
  });

  test('given a list that was empty, then the next call asks again', async () => {
    givenAccounts();
    await expect(accounts.list()).rejects.toThrow(NoAccountsError);
    givenAccounts({ Id: '210987654321', Name: 'web', State: 'ACTIVE' });
    expect((await accounts.list()).size).toBe(1);
  });

  test('given a list of less than an hour ago, then AWS is not asked again', async () => {
    givenAccounts({ Id: '210987654321', Name: 'web', State: 'ACTIVE' });
    await accounts.list();
    now += 59 * 60_000;
    await accounts.list();
    expect(aws.called).toEqual(['ListAccounts']);
  });
});
