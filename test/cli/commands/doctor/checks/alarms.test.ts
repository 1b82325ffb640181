import { alarmCheck } from '../../../../../cli/commands/doctor/checks/alarms';
import { CheckBench } from '../check-bench';

const alarm = (name: string, more: object = {}) => ({
  AlarmName: `Layerwatch-${name}`,
  ActionsEnabled: true,
  AlarmActions: ['arn:aws:sns:eu-west-3:123456789012:alarms'],
  StateValue: 'OK',
  ...more,
});

describe('the alarms', () => {
  let bench: CheckBench;
  beforeEach(async () => {
    bench = await CheckBench.start();
  });
  afterEach(() => bench.stop());

  test.each([
    ['two that are quiet', [alarm('A'), alarm('B')], 'ok', '2, none in alarm'],
    ['none', [], 'failed', 'no alarm begins with Layerwatch-'],
    [
      'one without an action',
      [alarm('A', { AlarmActions: [] }), alarm('B')],
      'failed',
      'Layerwatch-A would notify nobody',
    ],
    [
      'one whose actions are disabled',
      [alarm('A', { ActionsEnabled: false })],
      'failed',
      'Layerwatch-A would notify nobody',
    ],
    ['one in alarm', [alarm('A'), alarm('B', { StateValue: 'ALARM' })], 'failed', 'in alarm: Layerwatch-B'],
  ])('given %s, then the check says so', async (_, MetricAlarms, status, found) => {
    bench.on('DescribeAlarms', { MetricAlarms });
    expect(await bench.run(alarmCheck)).toMatchObject({ status, found });
  });

  test('given alarms on two pages, then both are read', async () => {
    bench.on('DescribeAlarms', ({ NextToken }: { NextToken?: string }) =>
      NextToken === undefined
        ? { MetricAlarms: [alarm('A')], NextToken: 'next' }
        : { MetricAlarms: [alarm('B', { StateValue: 'ALARM' })] },
    );
    expect(await bench.run(alarmCheck)).toMatchObject({ found: 'in alarm: Layerwatch-B' });
  });
});
