import fc from 'fast-check';
import { mergeSorted } from '../../lambda/aws/merge-sorted';

async function* listOf(numbers: readonly number[], taken: number[] = []): AsyncGenerator<number> {
  for (const number of numbers) {
    taken.push(number);
    yield number;
  }
}

const ascending = (a: number, b: number) => a - b;

async function all(values: AsyncIterable<number>): Promise<readonly number[]> {
  const found: number[] = [];
  for await (const value of values) found.push(value);
  return found;
}

describe('a merge of sorted lists', () => {
  test('given any sorted lists, then it is their values, sorted', async () => {
    const sorted = fc.array(fc.integer()).map((numbers) => numbers.sort(ascending));
    await fc.assert(
      fc.asyncProperty(fc.array(sorted), async (lists) => {
        const merged = await all(
          mergeSorted(
            lists.map((list) => listOf(list)),
            ascending,
          ),
        );
        expect(merged).toEqual(lists.flat().sort(ascending));
      }),
    );
  });

  test('given a reader that stops early, then no list is read beyond what it took', async () => {
    const taken: number[] = [];
    const lists = [
      [1, 4, 5],
      [2, 6, 7],
    ].map((numbers) => listOf(numbers, taken));
    for await (const value of mergeSorted(lists, ascending)) if (value === 2) break;
    expect(taken.sort()).toEqual([1, 2, 4]);
  });

  test('given a list that fails, then the merge fails with its error', async () => {
    const failing = (async function* (): AsyncGenerator<number> {
      yield 1;
      throw new Error('throttled');
    })();
    await expect(all(mergeSorted([listOf([0, 2]), failing], ascending))).rejects.toThrow('throttled');
  });
});
