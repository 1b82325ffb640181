import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import { type Check, failed, ok, skipped } from '../check';

/** AWS refuses requests whose time is more than five minutes off (AWS Signature Version 4); this is reported before. */
const maxSkewSeconds = 60;

/** The clock of this machine agrees with that of AWS. Otherwise lists by time would be wrong. */
export const clockCheck: Check = {
  name: 'clock of this machine',
  async run() {
    const client = new STSClient({});
    let date: string | undefined;
    client.middlewareStack.add(
      (next) => async (args) => {
        const result = await next(args);
        const { headers } = result.response as { readonly headers?: Readonly<Record<string, string>> };
        date = headers?.['date'];
        return result;
      },
      { step: 'deserialize', priority: 'low' },
    );
    await client.send(new GetCallerIdentityCommand({}));
    if (date === undefined) return skipped('the answer carries no time');
    const seconds = Math.round(Math.abs(Date.now() - Date.parse(date)) / 1_000);
    if (seconds <= maxSkewSeconds) return ok(`within ${Math.max(1, seconds)} s of AWS`);
    return failed(`${seconds} s off`, 'set it by NTP');
  },
};
