import { queueChecks } from '../../../../../cli/commands/doctor/checks/queues';
import { CheckBench } from '../check-bench';

const counts = (visible: number, hidden: number) => ({
  Attributes: {
    ApproximateNumberOfMessages: String(visible),
    ApproximateNumberOfMessagesNotVisible: String(hidden),
  },
});

describe.each(queueChecks)('the $name', (check) => {
  let bench: CheckBench;
  beforeEach(async () => {
    bench = await CheckBench.start();
  });
  afterEach(() => bench.stop());

  test.each([
    ['no message', counts(0, 0), 'ok', 'empty'],
    ['one message', counts(1, 0), 'failed', '1 event queued'],
    ['messages that another reader holds', counts(1, 2), 'failed', '3 events queued'],
  ])('given %s, then the check says so', async (_, output, status, found) => {
    bench.on('GetQueueAttributes', output);
    expect(await bench.run(check)).toMatchObject({ status, found });
  });
});
