import { composeSweeper } from './compose-sweeper';

const sweep = composeSweeper(process.env, __dirname);

/** Runs every ten minutes. Rejects where something failed, so that the function's errors count it; the next run continues. */
export async function handler(
  _event: unknown,
  context: { readonly getRemainingTimeInMillis: () => number },
): Promise<void> {
  await sweep(() => context.getRemainingTimeInMillis());
}
