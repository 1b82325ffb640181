import { ruleChecks, scheduleChecks, shippedRules } from '../../../../../cli/commands/doctor/checks/rules';
import { CheckBench, checkNamed } from '../check-bench';

const target = { Targets: [{ Id: '1', Arn: 'arn:aws:lambda:eu-west-3:123456789012:function:detector' }] };

describe.each(shippedRules)('the $name', ({ name, pattern }) => {
  const check = checkNamed(ruleChecks, name);
  const rule = { State: 'ENABLED', EventPattern: JSON.stringify(pattern) };
  let bench: CheckBench;
  beforeEach(async () => {
    bench = await CheckBench.start();
    bench.on('DescribeRule', rule).on('ListTargetsByRule', target);
  });
  afterEach(() => bench.stop());

  test('given it as shipped, then it is right', async () => {
    expect(await bench.run(check)).toMatchObject({ status: 'ok' });
  });

  test('given it is disabled, then the command that enables it is shown', async () => {
    bench.on('DescribeRule', { ...rule, State: 'DISABLED' });
    expect(await bench.run(check)).toMatchObject({
      status: 'failed',
      fix: expect.stringMatching(/^aws events enable-rule --name [a-z]+-rule$/),
    });
  });

  test('given another pattern, then it is shown', async () => {
    bench.on('DescribeRule', { ...rule, EventPattern: '{"source":["aws.s3"]}' });
    expect(await bench.run(check)).toMatchObject({
      status: 'failed',
      found: expect.stringMatching(/has another pattern than this version: \{"source":\["aws.s3"\]\}$/),
    });
  });

  test('given another function as its target, then it is wrong', async () => {
    bench.on('ListTargetsByRule', { Targets: [{ Arn: `${target.Targets[0]?.Arn}-2` }] });
    expect(await bench.run(check)).toMatchObject({
      status: 'failed',
      found: expect.stringMatching(/does not target detector$/),
    });
  });
});

describe('the schedule of the sweep', () => {
  const scheduleCheck = checkNamed(scheduleChecks, 'schedule of the sweep');
  let bench: CheckBench;
  beforeEach(async () => {
    bench = await CheckBench.start();
  });
  afterEach(() => bench.stop());

  test('given it is enabled, then it is right', async () => {
    bench.on('DescribeRule', { State: 'ENABLED', ScheduleExpression: 'rate(10 minutes)' });
    expect(await bench.run(scheduleCheck)).toMatchObject({
      status: 'ok',
      found: 'rate(10 minutes), enabled',
    });
  });

  test('given it is disabled, then the command that enables it is shown', async () => {
    bench.on('DescribeRule', { State: 'DISABLED' });
    expect(await bench.run(scheduleCheck)).toMatchObject({
      status: 'failed',
      fix: 'aws events enable-rule --name schedule-rule',
    });
  });
});
