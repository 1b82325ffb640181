import { CloudTrailClient } from '@aws-sdk/client-cloudtrail';
import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { LambdaClient } from '@aws-sdk/client-lambda';
import { AssumeRoleCommand, type STSClient } from '@aws-sdk/client-sts';
import type { MemberAccount, MemberDirectory } from '../sweep/ports';
import { CloudTrailEventHistory } from './cloudtrail-event-history';
import { DynamoDbSeedProgress, DynamoDbSweepProgress } from './dynamodb-progress';
import { LambdaFunctionLister } from './lambda-function-lister';

interface Access {
  readonly sts: STSClient;
  readonly dynamoDb: DynamoDBClient;
  readonly stateTable: string;
  readonly roleName: string;
  readonly externalId: string;
  readonly partition: string;
  /** Options of the clients that are made for each account and region. */
  readonly clientOptions: { readonly maxAttempts: number };
}

/** A sweep ends within ten minutes; the shortest that AssumeRole gives. */
const sessionSeconds = 900;

/** Member accounts, read under the role that the forwarder made there. */
export class MemberAccounts implements MemberDirectory {
  constructor(private readonly access: Access) {}

  async open(account: string): Promise<MemberAccount> {
    const { sts, roleName, externalId, partition, dynamoDb, stateTable, clientOptions } = this.access;
    const { Credentials } = await sts.send(
      new AssumeRoleCommand({
        RoleArn: `arn:${partition}:iam::${account}:role/${roleName}`,
        RoleSessionName: 'layerwatch-sweeper',
        ExternalId: externalId,
        DurationSeconds: sessionSeconds,
      }),
    );
    const credentials = {
      accessKeyId: Credentials?.AccessKeyId ?? '',
      secretAccessKey: Credentials?.SecretAccessKey ?? '',
      sessionToken: Credentials?.SessionToken ?? '',
    };
    return {
      account,
      region: (region) => {
        const place = `${account}#${region ?? 'home'}`;
        const options = { ...clientOptions, credentials, ...(region === undefined ? {} : { region }) };
        return {
          history: new CloudTrailEventHistory(new CloudTrailClient(options)),
          functions: new LambdaFunctionLister(new LambdaClient(options)),
          progress: new DynamoDbSweepProgress(dynamoDb, stateTable, `sweep-progress#${place}`),
          seedProgress: new DynamoDbSeedProgress(dynamoDb, stateTable, `seed-progress#${place}`),
        };
      },
    };
  }
}
