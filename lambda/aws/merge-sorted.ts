/**
 * Merges sorted lists into one, by `compare`. All lists are asked for their first value at once, and each for its next one only when its
 * last was taken, so that a reader that stops early reads little of each.
 */
export async function* mergeSorted<T>(
  lists: readonly AsyncIterable<T>[],
  compare: (a: T, b: T) => number,
): AsyncGenerator<T> {
  const iterators = lists.map((list) => list[Symbol.asyncIterator]());
  try {
    const heads = (await Promise.all(iterators.map(headOf))).flatMap(present);
    while (heads.length > 0) {
      const first = heads.reduce((least, head) => (compare(head.value, least.value) < 0 ? head : least));
      yield first.value;
      const next = await headOf(first.iterator);
      heads.splice(heads.indexOf(first), 1, ...present(next));
    }
  } finally {
    await Promise.all(iterators.map((iterator) => iterator.return?.()));
  }
}

interface Head<T> {
  readonly iterator: AsyncIterator<T>;
  readonly value: T;
}

/** The next value of a list; `undefined` at its end. */
async function headOf<T>(iterator: AsyncIterator<T>): Promise<Head<T> | undefined> {
  const { done, value } = await iterator.next();
  return done === true ? undefined : { iterator, value };
}

function present<T>(value: T | undefined): readonly T[] {
  return value === undefined ? [] : [value];
}
