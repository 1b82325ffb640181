import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';

export interface Caller {
  readonly arn: string;
  readonly account: string;
}

/** The identity that AWS sees: the one of the credentials in use. */
export async function caller(): Promise<Caller> {
  const { Arn = 'unknown', Account = 'unknown' } = await new STSClient({}).send(
    new GetCallerIdentityCommand({}),
  );
  return { arn: Arn, account: Account };
}
