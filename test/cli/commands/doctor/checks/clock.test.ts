import { clockCheck } from '../../../../../cli/commands/doctor/checks/clock';
import { CheckBench } from '../check-bench';

describe('the clock of this machine', () => {
  let bench: CheckBench;
  beforeEach(async () => {
    bench = await CheckBench.start();
    bench.on('GetCallerIdentity', { Account: '123456789012' });
  });
  afterEach(() => bench.stop());

  test('given the time of AWS, then it is right', async () => {
    expect(await bench.run(clockCheck)).toMatchObject({ status: 'ok' });
  });

  test('given a time of AWS that is an hour later, then it is wrong', async () => {
    bench.aws.clockOffsetMilliseconds = 3_600_000;
    expect(await bench.run(clockCheck)).toMatchObject({
      status: 'failed',
      found: expect.stringMatching(/^3[56]\d\d s off$/),
      fix: 'set it by NTP',
    });
  });
});
