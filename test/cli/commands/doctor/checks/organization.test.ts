import { organizationChecks } from '../../../../../cli/commands/doctor/checks/organization';
import {
  DynamoDbForwarderStatus,
  DynamoDbMemberListing,
} from '../../../../../lambda/aws/dynamodb-organization';
import type { ForwarderStatus } from '../../../../../lambda/sweep/ports';
import { CheckBench, checkNamed } from '../check-bench';
import { StateTable } from '../state-table';

describe('the hub of an organization', () => {
  const check = checkNamed(organizationChecks, 'hub of the organization');
  let bench: CheckBench;
  beforeEach(async () => {
    bench = await CheckBench.start();
  });
  afterEach(() => bench.stop());

  test('given a stack without one, then it is skipped', async () => {
    expect(await bench.run(check, ['Hub'])).toMatchObject({ status: 'skipped' });
  });

  test('given its rule is enabled, then it is right', async () => {
    bench.on('DescribeRule', { State: 'ENABLED' });
    expect(await bench.run(check)).toMatchObject({
      status: 'ok',
      found: 'bus Layerwatch-hub delivers to the detector',
    });
  });

  test('given its rule is disabled, then the command that enables it is shown', async () => {
    bench.on('DescribeRule', { State: 'DISABLED' });
    expect(await bench.run(check)).toMatchObject({
      status: 'failed',
      fix: 'aws events enable-rule --event-bus-name Layerwatch-hub --name hub-rule',
    });
  });
});

describe('the member accounts', () => {
  const check = checkNamed(organizationChecks, 'member accounts');
  let bench: CheckBench;
  let state: StateTable;
  beforeEach(async () => {
    bench = await CheckBench.start();
    state = await StateTable.start();
  });
  afterEach(async () => {
    await state.stop();
    await bench.stop();
  });

  const passed = (minutesAgo: number, failed: ReadonlyMap<string, string> = new Map()) =>
    new DynamoDbMemberListing(state.client, state.name).write({
      at: new Date(Date.now() - minutesAgo * 60_000).toISOString(),
      places: 9,
      failed,
      next: undefined,
    });

  test('given a stack without a hub, then it is skipped', async () => {
    expect(await bench.run(check, ['Hub'])).toMatchObject({ status: 'skipped' });
  });

  test('given no pass over them yet, then the check warns', async () => {
    expect(await bench.run(check)).toMatchObject({ status: 'warning' });
  });

  test('given a recent pass, then it is right', async () => {
    await passed(10);
    expect(await bench.run(check)).toMatchObject({
      status: 'ok',
      found: 'functions of 9 account-regions listed, the last 10 minutes ago',
    });
  });

  test('given a pass long ago, then the check fails', async () => {
    await passed(90);
    expect(await bench.run(check)).toMatchObject({
      status: 'failed',
      found: 'last read by the sweep 90 minutes ago',
    });
  });

  test('given an account that refuses in one region, then both are named with the reason', async () => {
    await passed(10, new Map([['111122223333 us-east-1', 'AccessDenied']]));
    expect(await bench.run(check)).toMatchObject({
      status: 'failed',
      found: 'functions of 1 of 9 account-regions not listed: 111122223333 us-east-1 (AccessDenied)',
    });
  });
});

describe('the forwarders', () => {
  const check = checkNamed(organizationChecks, 'forwarders');
  let bench: CheckBench;
  let state: StateTable;
  beforeEach(async () => {
    bench = await CheckBench.start();
    state = await StateTable.start();
  });
  afterEach(async () => {
    await state.stop();
    await bench.stop();
  });

  const found = (fields: Partial<ForwarderStatus>) =>
    new DynamoDbForwarderStatus(state.client, state.name).write({
      at: new Date().toISOString(),
      accounts: 3,
      heard: 6,
      silent: [],
      unheard: [],
      unheardRegions: [],
      ...fields,
    });

  test('given a stack without a hub, then it is skipped', async () => {
    expect(await bench.run(check, ['Hub'])).toMatchObject({ status: 'skipped' });
  });

  test('given no look at them yet, then the check warns', async () => {
    expect(await bench.run(check)).toMatchObject({ status: 'warning' });
  });

  test('given all are heard, then it is right', async () => {
    await found({});
    expect(await bench.run(check)).toMatchObject({
      status: 'ok',
      found: '6 forwarders of 3 accounts heard',
    });
  });

  test('given one that is silent, then its account and region are named', async () => {
    await found({
      silent: [{ account: '210987654321', region: 'us-east-1', lastHeard: '2026-11-25T00:00:00Z' }],
    });
    expect(await bench.run(check)).toMatchObject({
      status: 'failed',
      found: '1 forwarder silent: 210987654321 us-east-1 since 2026-11-25T00:00:00Z',
    });
  });

  test('given a last look hours ago, then the check fails, because nobody knows', async () => {
    await found({ at: new Date(Date.now() - 3 * 60 * 60_000).toISOString() });
    expect(await bench.run(check)).toMatchObject({
      status: 'failed',
      found: 'last read by the sweep 180 minutes ago',
    });
  });

  test('given a region that is heard in no forwarder of its account, then the check warns and names it', async () => {
    await found({ unheardRegions: ['210987654321 eu-west-1'] });
    expect(await bench.run(check)).toMatchObject({
      status: 'warning',
      found: '6 forwarders heard; none of 1 account-region of organization.regions: 210987654321 eu-west-1',
    });
  });

  test('given accounts without one, then the check warns and names the first of them', async () => {
    await found({ unheard: Array.from({ length: 25 }, (_, index) => String(200_000_000_000 + index)) });
    expect(await bench.run(check)).toMatchObject({
      status: 'warning',
      found: expect.stringMatching(
        /^6 forwarders heard; none of 25 accounts of 3: 200000000000, .*200000000019 and 5 more$/,
      ),
    });
  });
});
