import { DynamoDbAlertCatalogue } from '../../lambda/aws/dynamodb-alert-catalogue';
import { documentOf } from '../../lambda/detection/alert';
import type { FindingDocument } from '../../lambda/detection/finding-document';
import { attachSources, fiveCalls, permutations } from '../fixtures/five-calls';
import { functionArn, givenEnvelope, givenUpdate, layerVersion } from '../fixtures/records';
import { verdictOf } from '../fixtures/verdict';
import { DeployedBundle, synthesizeBundle } from '../harness/deployed-bundle';

const evening = { since: new Date('2026-10-06T21:00:00Z'), until: new Date('2026-10-06T22:00:00Z') };
const nameOf = (index: number) => `order-${String(index).padStart(3, '0')}`;

/** The records of one order under a name of its own. */
function recordsOf(order: readonly number[], index: number): readonly unknown[] {
  const calls = JSON.stringify(inOrder).replaceAll(nameOf(0), nameOf(index));
  const renamed = JSON.parse(calls) as readonly Readonly<Record<string, unknown>>[];
  return order.map((call) => givenEnvelope(renamed[call] ?? {}));
}

const inOrder = fiveCalls(nameOf(0));
const orders = permutations([0, 1, 2, 3, 4]);

/** A day before, so that each function's calls are compared with something. */
const dayBefore = givenUpdate(
  [layerVersion('base', 1)],
  { eventTime: '2026-10-05T12:00:00Z' },
  'another-function',
);

describe('the deployed detector, handed five calls in all 120 orders', () => {
  let bundle: DeployedBundle;

  beforeAll(async () => {
    const notificationBudget = { count: 10_000, minutes: 10 };
    bundle = await DeployedBundle.start(synthesizeBundle('Detector', { notificationBudget }));
    const events = [givenEnvelope(dayBefore), ...orders.flatMap(recordsOf)];
    const { results } = await bundle.invoke(events);
    expect(results.filter(({ ok }) => !ok)).toEqual([]);
  });

  test('then both attaches are notified in each, each with its own source', () => {
    const notified = new Map(orders.map((_, index) => [nameOf(index), new Set<string>()]));
    for (const { bodies } of bundle.topic.published) {
      const { layerwatch, source } = JSON.parse(bodies['sqs'] ?? '{}') as FindingDocument;
      notified.get(layerwatch.target.name ?? '')?.add(source.address ?? '');
    }
    const incomplete = [...notified].filter(([, sources]) =>
      attachSources.some((each) => !sources.has(each)),
    );
    expect(incomplete).toEqual([]);
  });

  test('then the alerts end the same in each', async () => {
    const { database } = bundle;
    const catalogue = new DynamoDbAlertCatalogue(database.client, database.tables.alerts);
    const verdictsOf = async (index: number) => {
      const found: string[] = [];
      const by = { kind: 'target', arn: functionArn(nameOf(index)) } as const;
      for await (const alert of catalogue.list({ by, filters: {}, ...evening }))
        found.push(JSON.stringify(verdictOf(documentOf(alert))).replaceAll(nameOf(index), nameOf(0)));
      return found.sort();
    };
    const expected = await verdictsOf(0);
    expect(expected.length).toBeGreaterThan(0);
    for (const index of orders.keys()) expect(await verdictsOf(index)).toEqual(expected);
  });
});
