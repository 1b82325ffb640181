import { CloudTrailClient } from '@aws-sdk/client-cloudtrail';
import { CloudTrailEventHistory } from '../../lambda/aws/cloudtrail-event-history';
import { givenPublish, givenUpdate } from '../fixtures/records';
import { LoopbackEventHistory } from '../harness/loopback-event-history';

describe('CloudTrail’s event history', () => {
  let service: LoopbackEventHistory;
  let client: CloudTrailClient;
  const records = [
    ...Array.from({ length: 70 }, () => givenUpdate()),
    givenPublish('util', 1),
    givenUpdate(undefined, { eventTime: '2026-10-05T10:00:00Z' }),
  ];

  beforeEach(async () => {
    service = await LoopbackEventHistory.start(records);
    const credentials = { accessKeyId: 'loopback', secretAccessKey: 'loopback' };
    client = new CloudTrailClient({
      endpoint: service.endpoint,
      region: 'eu-west-3',
      credentials,
      maxAttempts: 8,
    });
  });
  afterEach(async () => {
    client.destroy();
    await service.stop();
  });

  const question = {
    eventName: 'UpdateFunctionConfiguration20150331v2',
    from: new Date('2026-10-06T21:00:00Z'),
    to: new Date('2026-10-06T22:00:00Z'),
    nextToken: undefined,
  };

  test('given more records than a page holds, then the pages are read by exact name and within the span', async () => {
    const history = new CloudTrailEventHistory(client);
    const first = await history.lookUp(question);
    expect(first.records).toEqual(records.slice(0, 50));
    const second = await history.lookUp({ ...question, nextToken: first.nextToken });
    expect(second).toEqual({ records: records.slice(50, 70), nextToken: undefined });
    expect(service.asked[0]).toMatchObject({
      LookupAttributes: [{ AttributeKey: 'EventName', AttributeValue: question.eventName }],
      MaxResults: 50,
    });
  });

  test('given a throttled request, then it backs off and asks again', async () => {
    service.throttleNext(2);
    expect((await new CloudTrailEventHistory(client).lookUp(question)).records).toHaveLength(50);
  });
});
