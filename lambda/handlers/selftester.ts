import { composeSelftester } from './compose-selftester';

const selftest = composeSelftester(process.env);

/** Runs once a week. Rejects where the alert did not come, so that the function's errors alarm. */
export async function handler(
  _event: unknown,
  context: { readonly getRemainingTimeInMillis: () => number },
): Promise<void> {
  await selftest(() => context.getRemainingTimeInMillis());
}
