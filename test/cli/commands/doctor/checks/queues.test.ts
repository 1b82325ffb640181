import { queueChecks } from '../../../../../cli/commands/doctor/checks/queues';
import { CheckBench } from '../check-bench';

const counts = (visible: number, hidden: number) => ({
  Attributes: {
    ApproximateNumberOfMessages: String(visible),
    ApproximateNumberOfMessagesNotVisible: String(hidden),
  },
});

describe.each([
  [queueChecks[0], 'event'],
  [queueChecks[1], 'event'],
  [queueChecks[2], 'notice'],
] as const)('the check %#', (check, noun) => {
  if (check === undefined) throw new Error('no such check');
  let bench: CheckBench;
  beforeEach(async () => {
    bench = await CheckBench.start();
  });
  afterEach(() => bench.stop());

  test.each([
    ['no message', counts(0, 0), 'ok', 'empty'],
    ['one message', counts(1, 0), 'failed', `1 ${noun} queued`],
    ['messages that another reader holds', counts(1, 2), 'failed', `3 ${noun}s queued`],
  ])('given %s, then the check says so', async (_, output, status, found) => {
    bench.on('GetQueueAttributes', output);
    expect(await bench.run(check)).toMatchObject({ status, found });
  });
});
