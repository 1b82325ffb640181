import { composeSelftester } from '../../lambda/handlers/compose-selftester';
import { AwsError, LoopbackAws } from '../harness/loopback-aws';

describe('the self-test', () => {
  let aws: LoopbackAws;
  beforeEach(async () => {
    aws = await LoopbackAws.start();
  });
  afterEach(() => aws.stop());

  test('given a Lambda that fails, then the layer is published once', async () => {
    aws.on('PublishLayerVersion', () => {
      throw new AwsError('ServiceException', 'away', 500);
    });
    const selftest = composeSelftester({ ALERT_TABLE_NAME: 'alerts', STATE_TABLE_NAME: 'state' });
    await expect(selftest(() => 900_000)).rejects.toThrow();
    expect(aws.called.filter((operation) => operation === 'PublishLayerVersion')).toHaveLength(1);
  });

  test('given a Lambda that does not answer, then the run ends at the time limit of its calls', async () => {
    aws.on('PublishLayerVersion', () => new Promise(() => {}));
    const selftest = composeSelftester({ ALERT_TABLE_NAME: 'alerts', STATE_TABLE_NAME: 'state' });
    await expect(selftest(() => 900_000)).rejects.toThrow(/timed? ?out/i);
  });
});
