import { metric } from '../contract';
import type { Observer } from '../ports';
import { errorMessage } from '../text/format';
import type { SelfCheck, SubscriberCountStore } from './ports';

/**
 * Looks whether everything is there that Layerwatch stands on: that nothing comes may mean that nothing can. Each problem is logged
 * and counted, so that its alarm fires. A check that AWS refuses keeps none of the others from its turn.
 */
export async function checkItself(checks: readonly SelfCheck[], observer: Observer): Promise<void> {
  for (const { name, metric: counted, problems } of checks) {
    try {
      const found = await problems();
      for (const problem of found) observer.warn('a check of Layerwatch itself failed', { name, problem });
      if (found.length > 0) observer.count(counted, found.length);
    } catch (error) {
      observer.warn('a check of Layerwatch itself could not be made', { name, error: errorMessage(error) });
      observer.count(metric.checksFailed);
    }
  }
}

/** Topics without a confirmed subscription, and those that have fewer than the last time. */
export async function subscriberProblems(
  topicArns: readonly string[],
  countOf: (topicArn: string) => Promise<number>,
  store: SubscriberCountStore,
): Promise<readonly string[]> {
  const before = await store.read();
  const counts = new Map<string, number>();
  for (const arn of topicArns) counts.set(arn, await countOf(arn));
  await store.write(counts);
  return [...counts].flatMap(([arn, count]) => {
    const last = before.get(arn) ?? 0;
    if (count === 0) return [`topic ${arn} has no confirmed subscription`];
    return count < last ? [`topic ${arn} has ${count} confirmed subscriptions; it had ${last}`] : [];
  });
}
