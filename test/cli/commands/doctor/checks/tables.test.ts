import { tableChecks } from '../../../../../cli/commands/doctor/checks/tables';
import { CheckBench } from '../check-bench';

const table = (more: object = {}) => ({
  Table: { TableStatus: 'ACTIVE', DeletionProtectionEnabled: true, ...more },
});
const backups = (PointInTimeRecoveryStatus: string) => ({
  ContinuousBackupsDescription: {
    ContinuousBackupsStatus: 'ENABLED',
    PointInTimeRecoveryDescription: { PointInTimeRecoveryStatus },
  },
});
const timeToLive = (TimeToLiveStatus: string) => ({ TimeToLiveDescription: { TimeToLiveStatus } });

describe.each(tableChecks)('the $name', (check) => {
  let bench: CheckBench;
  beforeEach(async () => {
    bench = await CheckBench.start();
    bench
      .on('DescribeTable', table())
      .on('DescribeContinuousBackups', backups('ENABLED'))
      .on('DescribeTimeToLive', timeToLive('ENABLED'));
  });
  afterEach(() => bench.stop());

  test('given it as deployed, then it is right', async () => {
    expect(await bench.run(check)).toMatchObject({ status: 'ok' });
  });

  test.each([
    ['that is being deleted', 'DescribeTable', table({ TableStatus: 'DELETING' }), 'is DELETING'],
    [
      'without deletion protection',
      'DescribeTable',
      table({ DeletionProtectionEnabled: false }),
      'has no deletion protection',
    ],
    [
      'without point-in-time recovery',
      'DescribeContinuousBackups',
      backups('DISABLED'),
      'has no point-in-time recovery',
    ],
    ['without time to live', 'DescribeTimeToLive', timeToLive('DISABLED'), 'has no time to live'],
  ])('given one %s, then the fault is named', async (_, operation, output, fault) => {
    bench.on(operation, output);
    expect(await bench.run(check)).toMatchObject({
      status: 'failed',
      found: expect.stringMatching(new RegExp(`^(alerts|state) ${fault}$`)),
      fix: 'deploy the stack again: npx cdk deploy --revert-drift',
    });
  });
});
