import { metric } from '../../lambda/contract';
import { RegionNotEnabledError } from '../../lambda/errors';
import { listMemberFunctions, placeName } from '../../lambda/sweep/member-functions';
import type {
  AccountLister,
  MemberDirectory,
  MemberListing,
  MemberPlace,
  SeedProgress,
} from '../../lambda/sweep/ports';
import { givenUpdate, layerVersion } from '../fixtures/records';
import { PipelineHarness } from '../harness/pipeline-harness';

const base = layerVersion('base', 4);
const foreign = layerVersion('boto-utils', 3, '999988887777');
const accountOf = (index: number) => String(200_000_000_000 + index);
const accountsOf = (count: number) => Array.from({ length: count }, (_, index) => accountOf(index));
const arnOf = ({ account, region }: MemberPlace) =>
  ['arn:aws:lambda', region ?? 'eu-west-3', account, 'function', 'payments'].join(':');

/** An organization with one function in each account and region, whose listings are counted. */
class Organization implements MemberDirectory {
  readonly listed: string[] = [];
  readonly failing = new Map<string, Error>();
  readonly progress = new Map<string, SeedProgress>();
  maxAtOnce = 0;
  private atOnce = 0;

  async open(place: MemberPlace) {
    const name = placeName(place);
    return {
      functions: {
        page: async () => {
          this.maxAtOnce = Math.max(this.maxAtOnce, ++this.atOnce);
          await new Promise((resolve) => setTimeout(resolve, 1));
          this.atOnce--;
          this.listed.push(name);
          const failure = this.failing.get(name) ?? this.failing.get(place.account);
          if (failure !== undefined) throw failure;
          const listed = { arn: arnOf(place), layers: [base], lastModified: 0, revisionId: 'rev' };
          return { functions: [listed], next: undefined };
        },
      },
      progress: {
        read: async () => this.progress.get(name),
        write: async (progress: SeedProgress) => void this.progress.set(name, progress),
      },
    };
  }
}

describe('listing the functions of member accounts', () => {
  let organization: Organization;
  let harness: PipelineHarness;
  let listing: MemberListing | undefined;
  beforeEach(() => {
    organization = new Organization();
    listing = undefined;
  });
  afterEach(() => harness.stop());

  async function start(accounts: readonly string[], regions: readonly string[] = ['eu-west-3']) {
    harness = await PipelineHarness.start({
      organization: { id: 'o-a1b2c3d4e5', accounts, readAccounts: false, externalId: 'layerwatch', regions },
    });
  }

  async function run({
    hasTimeLeft = () => true,
    accounts,
    ownAccount,
  }: {
    hasTimeLeft?: () => boolean;
    accounts?: AccountLister;
    ownAccount?: string;
  } = {}) {
    const store = {
      read: async () => listing,
      write: async (next: MemberListing) => {
        listing = next;
      },
    };
    await listMemberFunctions(
      { ...harness.ports, accounts, members: { directory: organization, listing: store } },
      { ...harness.options, ownAccount, hasTimeLeft },
    );
  }

  test('given accounts and regions, then the functions of each are listed', async () => {
    await start(accountsOf(2), ['us-east-1', 'eu-west-3']);
    await run();
    expect(organization.listed.sort()).toEqual([
      '200000000000 eu-west-3',
      '200000000000 us-east-1',
      '200000000001 eu-west-3',
      '200000000001 us-east-1',
    ]);
    expect(listing).toMatchObject({ places: 4, failed: new Map() });
  });

  test('given a listed function, then the first call on it says what it added', async () => {
    await start(accountsOf(1));
    await run();
    const call = givenUpdate([base, foreign], {
      recipientAccountId: accountOf(0),
      responseElements: { functionArn: arnOf({ account: accountOf(0), region: 'eu-west-3' }) },
    });
    const outcome = await harness.process(call);
    expect(outcome.kind === 'alert' && outcome.alert.judgedDocument.layerwatch.change).toMatchObject({
      kind: 'added',
      before: [base],
    });
  });

  test('given one region of an account that refuses, then it alone is named, and the others are listed', async () => {
    await start(accountsOf(2), ['eu-west-3', 'us-east-1']);
    organization.failing.set('200000000000 us-east-1', new Error('AccessDenied'));
    await run();
    expect(listing?.failed).toEqual(new Map([['200000000000 us-east-1', 'AccessDenied']]));
    expect(organization.progress.size).toBe(3);
    expect(harness.observer.counts.get(metric.memberAccountsUnread)).toBe(1);
  });

  test('given one that can be listed again, then it is no longer named', async () => {
    await start(accountsOf(1));
    organization.failing.set(accountOf(0), new Error('AccessDenied'));
    await run();
    organization.failing.clear();
    await run();
    expect(listing?.failed.size).toBe(0);
  });

  test('given a region that the account has not enabled, then it is no failure', async () => {
    await start(accountsOf(1), ['eu-west-3', 'me-south-1']);
    organization.failing.set('200000000000 me-south-1', new RegionNotEnabledError({ cause: undefined }));
    await run();
    expect(listing?.failed.size).toBe(0);
  });

  test('given an account that left the organization, then its failure is forgotten', async () => {
    await start(accountsOf(1));
    const failed = new Map([['299999999999 eu-west-3', 'AccessDenied']]);
    listing = { at: '2026-11-25T04:00:00Z', places: 1, failed, next: '299999999999 eu-west-3' };
    await run();
    expect(listing.failed.size).toBe(0);
    expect(organization.listed).toEqual(['200000000000 eu-west-3']);
  });

  test('given 400 accounts with 17 regions, then all are listed within the runs of a day', async () => {
    const regions = Array.from({ length: 17 }, (_, index) => `eu-west-${index + 1}`);
    await start(accountsOf(400), regions);
    let runs = 0;
    while (organization.progress.size < 6_800) {
      await run();
      runs++;
    }
    expect(runs).toBeLessThanOrEqual(144);
    expect(organization.listed).toHaveLength(6_800);
    expect(organization.maxAtOnce).toBe(16);
  });

  test('given too little time, then the next run begins with what had no turn', async () => {
    await start(accountsOf(60));
    let turns = 0;
    await run({ hasTimeLeft: () => turns++ < 20 });
    const done = organization.progress.size;
    expect(done).toBeLessThan(60);
    organization.listed.length = 0;
    await run();
    expect(organization.listed).toHaveLength(60 - done);
  });

  test('given a pass of today, then nothing is listed again', async () => {
    await start(accountsOf(3));
    await run();
    await run();
    expect(organization.listed).toHaveLength(3);
  });

  test('given accounts that AWS Organizations lists, then those and the configured ones are listed, but for the own', async () => {
    await start(accountsOf(1));
    const accounts = {
      list: async () => new Map([accountOf(7), accountOf(8)].map((id) => [id, 'web-shop'])),
    };
    await run({ accounts, ownAccount: accountOf(8) });
    expect(organization.listed.sort()).toEqual(['200000000000 eu-west-3', '200000000007 eu-west-3']);
  });

  const refusing = { list: () => Promise.reject(new Error('not a delegated administrator')) };

  test('given accounts that cannot be listed and none configured, then what is known stays as it is', async () => {
    await start([]);
    const failed = new Map([['299999999999 eu-west-3', 'AccessDenied']]);
    const before = { at: '2026-11-25T04:00:00Z', places: 1, failed, next: undefined };
    listing = before;
    await expect(run({ accounts: refusing })).rejects.toThrow('not a delegated administrator');
    expect(listing).toBe(before);
  });

  test('given accounts that cannot be listed, then a known failure of one that is not configured stays', async () => {
    await start(accountsOf(1));
    const failed = new Map([['299999999999 eu-west-3', 'AccessDenied']]);
    listing = { at: '2026-11-25T04:00:00Z', places: 2, failed, next: undefined };
    await run({ accounts: refusing });
    expect(listing?.failed).toEqual(failed);
  });

  test('given accounts that cannot be listed, then the configured ones are listed all the same', async () => {
    await start(accountsOf(1));
    await run({ accounts: refusing });
    expect(organization.listed).toEqual(['200000000000 eu-west-3']);
  });
});
