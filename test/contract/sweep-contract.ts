import type { OpenedStores, Stores } from '../harness/stores';

/** What every store has to do for the sweep: its progress, and the right to it. */
export function sweepContract(open: () => Promise<OpenedStores>): void {
  let opened: OpenedStores;
  let stores: Stores;
  let now: Date;
  beforeAll(async () => {
    opened = await open();
    stores = opened.stores({ now: () => now });
  });
  afterAll(() => opened.close());
  beforeEach(() => {
    now = new Date('2026-10-06T21:15:00Z');
  });

  test('the progress of a pass reads as it was written', async () => {
    const open = { startedAt: '2026-10-06T09:00:00.000Z', marker: 'abc', completedAt: undefined };
    await stores.seedProgress.write(open);
    expect(await stores.seedProgress.read()).toEqual(open);
  });

  test('the marks of a sweep read as they were written, those of other names not', async () => {
    const rest = { from: '2026-10-06T08:00:00.000Z', to: '2026-10-06T08:30:00.000Z' };
    const marks = new Map([
      ['StopLogging', { coveredUntil: '2026-10-06T09:00:00.000Z' }],
      ['DisableRule', { coveredUntil: '2026-10-06T09:10:00.000Z', rest }],
    ]);
    await stores.sweepProgress.write(marks);
    expect(await stores.sweepProgress.read(['StopLogging', 'DisableRule', 'constructor'])).toEqual(marks);
  });

  describe('the right to sweep', () => {
    const until = (minutes: number) => new Date(now.getTime() + minutes * 60_000);

    test('given two sweepers at once, then one has it', async () => {
      const [a, b] = [stores.sweepLease('a'), stores.sweepLease('b')];
      expect((await Promise.all([a.acquire(until(9)), b.acquire(until(9))])).filter(Boolean)).toHaveLength(1);
      await Promise.all([a.release(), b.release()]);
    });

    test('given a sweeper that was killed, then another one has it after its time', async () => {
      await stores.sweepLease('killed').acquire(until(9));
      now = until(10);
      const next = stores.sweepLease('next');
      expect(await next.acquire(until(9))).toBe(true);
      await next.release();
    });

    test('given a sweeper that has ended, then another one has it at once', async () => {
      const ended = stores.sweepLease('ended');
      await ended.acquire(until(9));
      await ended.release();
      const next = stores.sweepLease('next');
      expect(await next.acquire(until(9))).toBe(true);
      await next.release();
    });
  });
}
