import { choiceOf, chosenAlerts, idsOf } from '../../../../cli/commands/triage/chosen-alerts';
import { withContribution } from '../../../../lambda/detection/fold-alert';
import { alertRecordOf } from '../../../fixtures/finding';
import { givenUpdate, layerVersion } from '../../../fixtures/records';
import { startDynamoDb } from '../../../harness/dynamodb';
import { type DynamoDbStores, dynamoDbStores } from '../../../harness/dynamodb-stores';

const id = 'b779bd22633df3e2a00b37f2f91cb4f90f51b096e2ad824ba7d821946fae5f2c';

describe('ids on stdin', () => {
  test.each([
    ['one a line', `${id}\n\nabcdef012345\n`, [id, 'abcdef012345']],
    ['a table of alerts', 'ID            AGE  BAND\nabcdef012345  2h   low 21\n', ['abcdef012345']],
    ['the documents of alerts --json', `{"layerwatch":{"alert_id":"${id}"}}\n`, [id]],
    ['one twice', 'abcdef012345\nabcdef012345\n', ['abcdef012345']],
    ['what is no document', '{"layerwatch":\n', ['{"layerwatch":']],
    ['a document without an id', '{"a":1}\n', ['undefined']],
  ])('given %s, then they are read', (_, text, expected) => {
    expect(idsOf(text)).toEqual(expected);
  });

  test.each(['', '\n \n', 'ID  AGE\n'])('given %j, then it says that there is none', (text) => {
    expect(() => idsOf(text)).toThrow('stdin has no ids of alerts, one a line');
  });
});

describe('the alerts that are meant', () => {
  test('given ids, then they are', async () => {
    expect(await choiceOf([id], {})).toEqual({ by: 'ids', ids: [id] });
  });

  test('given a filter, then it has the time of a list', async () => {
    expect(await choiceOf([], { actor: 'ci-deploy' })).toMatchObject({
      by: 'filter',
      filter: { actor: 'ci-deploy', since: '7d' },
    });
  });

  test.each([
    ['neither', [], {}, /no alert is named; give ids, - for ids from stdin, or a filter/],
    ['both', [id], { band: 'high' as const }, /there are ids and a filter; give one of the two/],
    ['a time that is none', [], { since: 'soon' }, /--since is "soon"; allowed: a duration/],
  ])('given %s, then it says what to give', async (_, ids, options, message) => {
    await expect(choiceOf(ids, options)).rejects.toThrow(message);
  });
});

describe('the alerts of a table', () => {
  const clock = { now: () => new Date('2026-10-06T21:15:00Z') };
  let stores: DynamoDbStores;
  const ids = new Map<string, string>();
  beforeAll(async () => {
    const database = await startDynamoDb();
    stores = dynamoDbStores(database, clock);
    for (const name of ['pay-a', 'pay-b', 'done']) {
      const eventTime = new Date(Date.now() - 3_600_000).toISOString();
      const finding = alertRecordOf(givenUpdate([layerVersion('base', 1)], { eventTime }, name));
      const counted = { recordId: finding.recordId, bucket: undefined };
      const judged = [{ finding, sameNews: [] }] as const;
      const alert = withContribution(
        undefined,
        { counted, judged, historyVersion: 0, isComplete: false, exporters: [] },
        clock.now(),
      );
      await stores.alerts.write(name === 'done' ? { ...alert, status: 'closed' } : alert, undefined);
      ids.set(name, alert.alertId);
    }
  });

  const namesOf = async (...chosen: Parameters<typeof chosenAlerts>) =>
    (await chosenAlerts(...chosen)).map(({ judgedDocument }) => judgedDocument.layerwatch.target.name).sort();

  test('given a filter and a yes, then they are those that the decision can change', async () => {
    const choice = await choiceOf([], { actor: 'ci-deploy', since: '2d' });
    expect(await namesOf(choice, 'close', stores, true)).toEqual(['pay-a', 'pay-b']);
    expect(await namesOf(choice, 'reopen', stores, true)).toEqual(['done']);
  });

  test('given a filter that nothing matches, then it says so', async () => {
    const choice = await choiceOf([], { actor: 'nobody', since: '2d' });
    await expect(chosenAlerts(choice, 'close', stores, true)).rejects.toThrow(
      'no alert to close since 2d matches',
    );
  });

  test('given whole ids and first digits, then each alert is chosen once', async () => {
    const [a = '', b = ''] = [ids.get('pay-a'), ids.get('pay-b')];
    const choice = await choiceOf([a, b.slice(0, 12), a.slice(0, 12)], {});
    expect(await namesOf(choice, 'close', stores, false)).toEqual(['pay-a', 'pay-b']);
  });
});
