import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';

export interface Caller {
  readonly arn: string;
  readonly account: string;
}

/** Who we are to AWS. */
export async function caller(): Promise<Caller> {
  const { Arn = 'unknown', Account = 'unknown' } = await new STSClient({}).send(
    new GetCallerIdentityCommand({}),
  );
  return { arn: Arn, account: Account };
}
