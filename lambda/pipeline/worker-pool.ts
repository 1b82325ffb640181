/**
 * Works through items with so many workers at once; a worker takes the next item as soon as it is free. Answers in the order of
 * the items. `work` must not reject: the pool would end early.
 */
export async function workThrough<Item, Result>(
  items: readonly Item[],
  workers: number,
  work: (item: Item) => Promise<Result>,
): Promise<readonly Result[]> {
  const results: Result[] = [];
  const queue = items.entries();
  const worker = async (): Promise<void> => {
    for (const [index, item] of queue) results[index] = await work(item);
  };
  await Promise.all(Array.from({ length: Math.min(workers, items.length) }, worker));
  return results;
}
