import { sweepMembers } from '../../lambda/sweep/member-accounts';
import type { AccountLister, MemberAccount, MemberDirectory, MemberStatus } from '../../lambda/sweep/ports';
import { givenUpdate, layerVersion } from '../fixtures/records';
import { PipelineHarness } from '../harness/pipeline-harness';

const foreign = layerVersion('boto-utils', 3, '999988887777');
const hourAgo = () => new Date(Date.now() - 40 * 60_000).toISOString();
const accountOf = (index: number) => String(200_000_000_000 + index);

/** An organization whose accounts each have one layer change that no event brought. */
class Organization implements MemberDirectory {
  readonly opened: string[] = [];
  atOnce = 0;
  maxAtOnce = 0;
  readonly denied = new Set<string>();
  readonly seeded: string[] = [];

  async open(account: string): Promise<MemberAccount> {
    this.opened.push(account);
    if (this.denied.has(account)) throw Object.assign(new Error('not authorized'), { name: 'AccessDenied' });
    return { account, region: (region) => this.regionOf(account, region ?? 'home') };
  }

  private regionOf(account: string, region: string) {
    const functionArn = ['arn:aws:lambda', region, account, 'function', 'payments'].join(':');
    const record = givenUpdate([foreign], {
      eventTime: hourAgo(),
      awsRegion: region,
      recipientAccountId: account,
      eventID: `11111111-0000-4000-8000-${account}${region.length}`.slice(0, 40),
      responseElements: { functionArn },
    });
    return {
      history: {
        lookUp: async ({ eventName }: { readonly eventName: string }) => {
          this.maxAtOnce = Math.max(this.maxAtOnce, ++this.atOnce);
          await new Promise((resolve) => setTimeout(resolve, 1));
          this.atOnce--;
          const isUpdate = eventName === 'UpdateFunctionConfiguration20150331v2';
          return { records: isUpdate ? [record] : [], nextToken: undefined };
        },
      },
      functions: {
        page: async () => {
          this.seeded.push(`${account} ${region}`);
          return { functions: [], next: undefined };
        },
      },
      progress: { read: async () => new Map(), write: async () => {} },
      seedProgress: { read: async () => undefined, write: async () => {} },
    };
  }
}

async function swept(
  accounts: readonly string[],
  regions: readonly string[],
  {
    denied = [],
    hasTimeLeft = () => true,
    status,
    lister,
  }: {
    readonly denied?: readonly string[];
    readonly hasTimeLeft?: () => boolean;
    readonly status?: MemberStatus;
    readonly lister?: AccountLister;
  } = {},
) {
  const settings = {
    organization: { id: 'o-a1b2c3d4e5', accounts, readAccounts: false, externalId: 'layerwatch', regions },
  };
  const bench = await PipelineHarness.start(settings);
  const directory = new Organization();
  for (const account of denied) directory.denied.add(account);
  let written: MemberStatus | undefined = status;
  const store = {
    read: async () => written,
    write: async (next: MemberStatus) => {
      written = next;
    },
  };
  await sweepMembers(
    { ...bench.ports, pause: async () => {}, accounts: lister, members: { directory, status: store } },
    { ...bench.options, hasTimeLeft },
  );
  const notified = bench.topic.published.map(({ document }) => document.layerwatch.target.account);
  await bench.stop();
  return { directory, notified: notified.sort(), status: written };
}

describe('the sweep through member accounts', () => {
  test('given three accounts, then what the events missed in each is notified, and their functions are listed', async () => {
    const accounts = [1, 2, 3].map(accountOf);
    const { notified, directory, status } = await swept(accounts, ['eu-west-3']);
    expect(notified).toEqual(accounts);
    expect(directory.seeded).toHaveLength(3);
    expect(status).toMatchObject({ accounts: 3, failed: new Map() });
  });

  test('given one that lets nobody read, then the others are looked through and that one is named with why', async () => {
    const accounts = [1, 2, 3].map(accountOf);
    const { notified, status } = await swept(accounts, ['eu-west-3'], { denied: [accountOf(2)] });
    expect(notified).toEqual([accountOf(1), accountOf(3)]);
    expect(status?.failed).toEqual(new Map([[accountOf(2), 'AccessDenied: not authorized']]));
  });

  test('given accounts that are listed, then they are looked through beside those of the configuration', async () => {
    const lister = { list: async () => new Map([[accountOf(7), 'web-shop']]) };
    expect((await swept([accountOf(1)], ['eu-west-3'], { lister })).notified).toEqual([
      accountOf(1),
      accountOf(7),
    ]);
  });

  test('given accounts that cannot be listed, then those of the configuration are looked through all the same', async () => {
    const lister = { list: () => Promise.reject(new Error('not a delegated administrator')) };
    expect((await swept([accountOf(1)], ['eu-west-3'], { lister })).notified).toEqual([accountOf(1)]);
  });

  test('given one that lets itself be read again, then it is no longer named', async () => {
    const failed = new Map([[accountOf(1), 'AccessDenied']]);
    const { status } = await swept([accountOf(1)], [], {
      status: { at: '', accounts: 1, failed, nextAccount: undefined },
    });
    expect(status?.failed.size).toBe(0);
  });

  test('given many accounts and regions, then no more than 64 are asked at the same time', async () => {
    const accounts = Array.from({ length: 60 }, (_, index) => accountOf(index));
    const { directory } = await swept(accounts, ['eu-west-1', 'eu-west-3', 'us-east-1']);
    expect(directory.opened).toHaveLength(60);
    expect(directory.maxAtOnce).toBeLessThanOrEqual(64);
    expect(directory.maxAtOnce).toBeGreaterThan(16);
  });

  test('given too little time, then the next pass begins with those that had no turn', async () => {
    const accounts = Array.from({ length: 100 }, (_, index) => accountOf(index));
    let turns = 0;
    const first = await swept(accounts, [], { hasTimeLeft: () => turns++ < 60 });
    const done = first.directory.opened.length;
    expect(done).toBeLessThan(100);
    const next = first.status;
    if (next === undefined) throw new Error('no status');
    const second = await swept(accounts, [], { status: next });
    expect(second.directory.opened[0]).toBe(accountOf(done));
    expect(second.directory.opened).toHaveLength(100);
  });
});
