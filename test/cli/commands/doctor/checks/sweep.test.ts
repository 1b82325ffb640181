import { sweepChecks } from '../../../../../cli/commands/doctor/checks/sweep';
import { DynamoDbSeedProgress, DynamoDbSweepProgress } from '../../../../../lambda/aws/dynamodb-progress';
import { sweptEventNames } from '../../../../../lambda/detection/swept-event-names';
import { CheckBench, checkNamed } from '../check-bench';
import { StateTable } from '../state-table';

const minutesAgo = (minutes: number) => new Date(Date.now() - minutes * 60_000).toISOString();

describe('the sweep', () => {
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

  const lastSweep = () => bench.run(checkNamed(sweepChecks, 'last sweep'));
  const baselines = () => bench.run(checkNamed(sweepChecks, 'baselines'));

  const coveredUntil = (time: string, names: readonly string[]) =>
    new DynamoDbSweepProgress(state.client, state.name).write(
      new Map(names.map((name) => [name, { coveredUntil: time }])),
    );

  test('given an event name that no sweep came to, then the check names it', async () => {
    const [first = '', ...others] = sweptEventNames;
    await coveredUntil(minutesAgo(5), others);
    const found = `the event history of ${first} was not read yet`;
    expect(await lastSweep()).toMatchObject({ status: 'failed', found });
  });

  test('given no sweep yet, then the check fails', async () => {
    expect(await lastSweep()).toMatchObject({ status: 'failed', found: 'no sweep has finished yet' });
  });

  test.each([
    [5, 'ok', /^5 minutes ago$/],
    [31, 'failed', /^31 minutes ago, at 2/],
  ])('given a sweep %s minutes ago, then the check is %s', async (minutes, status, found) => {
    await coveredUntil(minutesAgo(minutes), sweptEventNames);
    expect(await lastSweep()).toMatchObject({ status, found: expect.stringMatching(found) });
  });

  test('given functions that were not all read, then the check warns', async () => {
    expect(await baselines()).toMatchObject({ status: 'warning' });
  });

  test.each([
    [2, 'ok', 'all functions read 2 hours ago'],
    [31, 'failed', 'the functions were last read 31 hours ago'],
  ])('given functions that were read %s hours ago, then the check is %s', async (hours, status, found) => {
    const completedAt = minutesAgo(hours * 60);
    await new DynamoDbSeedProgress(state.client, state.name).write({
      startedAt: completedAt,
      marker: undefined,
      completedAt,
    });
    expect(await baselines()).toMatchObject({ status, found });
  });
});
