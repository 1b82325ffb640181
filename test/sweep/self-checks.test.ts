import { DynamoDbSubscriberCounts } from '../../lambda/aws/dynamodb-subscriber-counts';
import { metric } from '../../lambda/contract';
import type { SelfCheck } from '../../lambda/sweep/ports';
import { checkItself, subscriberProblems } from '../../lambda/sweep/self-checks';
import { startDynamoDb } from '../harness/dynamodb';
import { RecordingObserver } from '../harness/pipeline-harness';

class LoggingObserver extends RecordingObserver {
  readonly warnings: Readonly<Record<string, unknown>>[] = [];

  override warn(...[, details]: readonly [string?, Readonly<Record<string, unknown>>?]): void {
    this.warnings.push(details ?? {});
  }
}

const check = (name: string, problems: SelfCheck['problems']): SelfCheck => ({
  name,
  metric: metric.rulesChanged,
  problems,
});

test('given problems, a check that AWS refuses, and one behind it, then each is counted and named', async () => {
  const observer = new LoggingObserver();
  await checkItself(
    [
      check('rules', async () => ['rule a is DISABLED', 'rule b is DISABLED']),
      check('refused', async () => {
        throw new Error('AccessDenied');
      }),
      check('fine', async () => []),
      check('last', async () => ['rule c is DISABLED']),
    ],
    observer,
  );
  expect(observer.counts.get(metric.rulesChanged)).toBe(3);
  expect(observer.counts.get(metric.checksFailed)).toBe(1);
  expect(observer.warnings).toEqual([
    { name: 'rules', problem: 'rule a is DISABLED' },
    { name: 'rules', problem: 'rule b is DISABLED' },
    { name: 'refused', error: 'AccessDenied' },
    { name: 'last', problem: 'rule c is DISABLED' },
  ]);
});

describe('subscriptions from one sweep to the next', () => {
  const topic = 'arn:aws:sns:eu-west-3:123456789012:alerts';

  test.each([
    ['two and then two', [2, 2], []],
    ['one and then two', [1, 2], []],
    ['two and then one', [2, 1], [`topic ${topic} has 1 confirmed subscriptions; it had 2`]],
    ['one and then none', [1, 0], [`topic ${topic} has no confirmed subscription`]],
    ['none from the beginning', [0], [`topic ${topic} has no confirmed subscription`]],
    ['a fall two sweeps ago', [2, 1, 1], []],
  ])('given %s, then the last sweep reports that', async (_, counts, problems) => {
    const database = await startDynamoDb();
    const store = new DynamoDbSubscriberCounts(database.client, database.tables.state);
    let last: readonly string[] = [];
    for (const count of counts) last = await subscriberProblems([topic], async () => count, store);
    expect(last).toEqual(problems);
    await database.close();
  });
});
