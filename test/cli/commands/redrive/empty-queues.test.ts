import { LoopbackAws } from '../../../harness/loopback-aws';
import { runLayerwatch } from '../../run-layerwatch';
import { listQueues } from './listed-queues';

describe('given dead-letter queues without a message', () => {
  let aws: LoopbackAws;
  beforeAll(async () => {
    aws = await LoopbackAws.start();
    listQueues(aws).on('ReceiveMessage', () => ({}));
  });
  afterAll(() => aws.stop());

  test('then redrive says so before its counts', async () => {
    expect(await runLayerwatch(['redrive'], { env: aws.environment })).toEqual({
      exitCode: 0,
      stdout: '',
      stderr:
        'No message is visible in the dead-letter queues.\nmessages=0 done=0 failed=0 unreadable=0 waiting=0\n',
    });
  });
});
