type Close = () => unknown;

/** What is open, by what opened it: a test with its hooks, or the file with its `beforeAll`. */
const open = { test: new Set<() => Promise<void>>(), file: new Set<() => Promise<void>>() };

export type Scope = keyof typeof open;

let scope: Scope = 'file';

/**
 * Registers how to close a server, a process or a folder. It is closed after the test that opened it, or after the file where no test
 * did, whether the test passes or not.
 *
 * @returns closes it now; further calls do nothing
 */
export function closeAfterwards(close: Close): () => Promise<void> {
  const resources = open[scope];
  let closed: Promise<void> | undefined;
  const closeOnce = (): Promise<void> => {
    resources.delete(closeOnce);
    closed ??= Promise.resolve(close()).then(() => undefined);
    return closed;
  };
  resources.add(closeOnce);
  return closeOnce;
}

/** From now on, what is opened belongs to this scope. */
export function enterScope(entered: Scope): void {
  scope = entered;
}

/**
 * Closes what is open, the newest first.
 *
 * @throws {AggregateError} where something could not be closed; the rest is closed
 */
export async function closeScope(closing: Scope): Promise<void> {
  const failures: unknown[] = [];
  for (const close of [...open[closing]].reverse())
    await close().catch((error: unknown) => failures.push(error));
  if (failures.length > 0) throw new AggregateError(failures, 'something could not be closed');
}
