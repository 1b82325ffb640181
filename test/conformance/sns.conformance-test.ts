import { CreateTopicCommand, SNSClient } from '@aws-sdk/client-sns';
import fc from 'fast-check';
import { SnsPublisher } from '../../lambda/aws/sns-publisher';
import { renderNotification } from '../../lambda/notification/message';
import { alertRecordOf } from '../fixtures/finding';
import { mutatedRecord } from '../fuzz/records';
import { startEmulator } from '../harness/emulator';
import { RecordingObserver } from '../harness/pipeline-harness';
import { describeWith } from '../harness/tools';

describeWith(['moto_server'], 'SNS on moto', () => {
  test('given alerts of hostile records, then the real client publishes each as it is', async () => {
    const { endpoint } = await startEmulator();
    const credentials = { accessKeyId: 'conformance', secretAccessKey: 'conformance' };
    const client = new SNSClient({ endpoint, region: 'eu-west-3', credentials });
    const { TopicArn = '' } = await client.send(new CreateTopicCommand({ Name: 'alerts' }));
    const observer = new RecordingObserver();
    const publisher = new SnsPublisher(client, TopicArn, new Map(), observer);
    const alerts = fc.sample(mutatedRecord, 400).flatMap((value) => {
      try {
        return [alertRecordOf(value).document];
      } catch {
        return [];
      }
    });
    expect(alerts.length).toBeGreaterThan(100);
    for (const document of alerts) await publisher.publish(renderNotification(document, {}));
    expect(observer.counts.get('PlainNotification') ?? 0).toBe(0);
    client.destroy();
  });
});
