import { organizationChecks } from '../../../../../cli/commands/doctor/checks/organization';
import { DynamoDbMemberStatus } from '../../../../../lambda/aws/dynamodb-progress';
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
    new DynamoDbMemberStatus(state.client, state.name).write({
      at: new Date(Date.now() - minutesAgo * 60_000).toISOString(),
      accounts: 3,
      failed,
      nextAccount: undefined,
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
      found: '3 accounts read by the sweep 10 minutes ago',
    });
  });

  test('given a pass long ago, then the check fails', async () => {
    await passed(90);
    expect(await bench.run(check)).toMatchObject({
      status: 'failed',
      found: 'last read by the sweep 90 minutes ago',
    });
  });

  test('given an account that refuses, then it is named with the reason', async () => {
    await passed(10, new Map([['111122223333', 'AccessDenied']]));
    expect(await bench.run(check)).toMatchObject({
      status: 'failed',
      found: '1 account of 3 covered by their events only: 111122223333 (AccessDenied)',
    });
  });
});
