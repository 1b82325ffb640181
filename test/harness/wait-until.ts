import { setTimeout as sleep } from 'node:timers/promises';

/** So long that only something that never comes uses it up, and shorter than Jest's limit, which says nothing about the reason. */
const maxWaitMilliseconds = 300_000;

const pollMilliseconds = 20;

export interface Wait<Found> {
  /** Completes the sentence "waited in vain for ...". */
  readonly description: string;

  /** What is waited for; `undefined` and `false` as long as it is not there. */
  readonly found: () => Promise<Found | undefined | false> | Found | undefined | false;

  /**
   * Why it can no longer come.
   *
   * @default - it may always come
   */
  readonly givenUp?: () => string | undefined;
}

/** @throws where it can no longer come, and after five minutes */
export async function waitUntil<Found>({ description, found, givenUp }: Wait<Found>): Promise<Found> {
  const deadline = performance.now() + maxWaitMilliseconds;
  for (;;) {
    const reason = givenUp?.() ?? (performance.now() > deadline ? 'it did not come in time' : undefined);
    const result = await found();
    if (result !== undefined && result !== false) return result;
    if (reason !== undefined) throw new Error(`waited in vain for ${description}: ${reason}`);
    await sleep(pollMilliseconds);
  }
}
