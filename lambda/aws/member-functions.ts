import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { LambdaClient } from '@aws-sdk/client-lambda';
import { RegionNotEnabledError } from '../errors';
import type { FunctionLister, MemberDirectory, MemberPlace } from '../sweep/ports';
import { DynamoDbSeedProgress } from './dynamodb-progress';
import { LambdaFunctionLister } from './lambda-function-lister';
import type { MemberCredentials } from './member-credentials';

/** How long AssumeRole may take. */
const assumeMilliseconds = 10_000;

/** What a region answers to credentials of an account that has not enabled it (AWS General Reference, "Managing AWS Regions"). */
const notEnabledNames: ReadonlySet<string> = new Set(['UnrecognizedClientException', 'InvalidClientTokenId']);

/**
 * Functions of member accounts, read under the role that the forwarder made there. All clients share the connections of one, because
 * each would keep its own open.
 */
export class MemberFunctions implements MemberDirectory {
  private readonly first: LambdaClient;

  constructor(
    private readonly credentials: MemberCredentials,
    private readonly dynamoDb: DynamoDBClient,
    private readonly stateTable: string,
    private readonly clientOptions: { readonly maxAttempts: number },
  ) {
    this.first = new LambdaClient(clientOptions);
  }

  async open({ account, region }: MemberPlace) {
    const credentials = await this.credentials.of(account, AbortSignal.timeout(assumeMilliseconds));
    const client = new LambdaClient({
      ...this.clientOptions,
      credentials,
      requestHandler: this.first.config.requestHandler,
      ...(region === undefined ? {} : { region }),
    });
    return {
      functions: ofEnabledRegion(new LambdaFunctionLister(client)),
      progress: new DynamoDbSeedProgress(
        this.dynamoDb,
        this.stateTable,
        `seed-progress#${account}#${region ?? 'home'}`,
      ),
    };
  }
}

function ofEnabledRegion(lister: FunctionLister): FunctionLister {
  return {
    async page(marker) {
      try {
        return await lister.page(marker);
      } catch (error) {
        if (error instanceof Error && notEnabledNames.has(error.name))
          throw new RegionNotEnabledError({ cause: error });
        throw error;
      }
    },
  };
}
