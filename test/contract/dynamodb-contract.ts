import { randomUUID } from 'node:crypto';
import type { DynamoDbAlertCatalogue } from '../../lambda/aws/dynamodb-alert-catalogue';
import { documentOf } from '../../lambda/detection/alert';
import { withContribution } from '../../lambda/detection/fold-alert';
import { alertRecordOf } from '../fixtures/finding';
import { functionArn, givenUpdate, layerVersion } from '../fixtures/records';
import { type ConnectedDatabase, type DynamoDbStores, dynamoDbStores } from '../harness/dynamodb-stores';

const foreign = layerVersion('boto-utils', 3, '999988887777');

/** What only the deployed stack asks of DynamoDB: lists by its indexes. */
export function dynamoDbContract(connect: () => Promise<ConnectedDatabase>): void {
  let database: ConnectedDatabase;
  let stores: DynamoDbStores;
  let now: Date;
  beforeAll(async () => {
    database = await connect();
    stores = dynamoDbStores(database, { now: () => now });
  });
  afterAll(() => database.close());
  beforeEach(() => {
    now = new Date('2026-10-06T21:15:00Z');
  });

  describe('the catalogue', () => {
    const times = [
      '2026-09-01T10:00:00Z',
      '2026-09-02T00:00:00Z',
      '2026-09-02T23:59:59Z',
      '2026-09-04T12:00:00Z',
    ];
    const expected = ['2026-09-02T23:59:59.000Z', '2026-09-02T00:00:00.000Z', '2026-09-01T10:00:00.000Z'];
    let name: string;
    beforeAll(async () => {
      now = new Date('2026-10-06T21:15:00Z');
      name = `function-${randomUUID()}`;
      for (const eventTime of times) await store(eventTime);
    });

    async function store(eventTime: string): Promise<void> {
      const finding = alertRecordOf(givenUpdate([foreign], { eventTime }, name));
      const counted = { recordId: finding.recordId, bucket: undefined };
      const judged = [{ finding, sameNews: [] }] as const;
      const contribution = { counted, judged, historyVersion: 0, isComplete: false, exporters: [] };
      await stores.alerts.write(withContribution(undefined, contribution, now), undefined);
    }

    test.each<[string, () => Parameters<DynamoDbAlertCatalogue['list']>[0]['by']]>([
      ['day', () => ({ kind: 'day' })],
      ['function', () => ({ kind: 'target', arn: functionArn(name) })],
      ['actor', () => ({ kind: 'actor', actor: 'arn:aws:iam::123456789012:role/ci-deploy' })],
    ])('given alerts of some days, then the list by %s has the newest first', async (_, by) => {
      const found: string[] = [];
      const query = {
        since: new Date('2026-09-01T10:00:00Z'),
        until: new Date('2026-09-03T00:00:00Z'),
        filters: { band: ['high', 'critical'] },
      };
      for await (const alert of stores.catalogue.list({ ...query, by: by() })) {
        const { target, first_seen } = documentOf(alert).layerwatch;
        if (target.name === name) found.push(first_seen);
      }
      expect(found).toEqual(expected);
    });
  });
}
