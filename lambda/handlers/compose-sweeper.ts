import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { CloudTrailClient } from '@aws-sdk/client-cloudtrail';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { LambdaClient } from '@aws-sdk/client-lambda';
import { OrganizationsClient } from '@aws-sdk/client-organizations';
import { CloudTrailEventHistory } from '../aws/cloudtrail-event-history';
import { DynamoDbHeartbeats } from '../aws/dynamodb-heartbeats';
import { DynamoDbForwarderStatus, DynamoDbMemberListing } from '../aws/dynamodb-organization';
import {
  DynamoDbSeedProgress,
  DynamoDbSelftestProgress,
  DynamoDbSweepLease,
  DynamoDbSweepProgress,
} from '../aws/dynamodb-progress';
import { DynamoDbUndeliveredAlerts } from '../aws/dynamodb-undelivered-alerts';
import { LambdaFunctionLister } from '../aws/lambda-function-lister';
import { LogObserver } from '../aws/log-observer';
import { MemberFunctions } from '../aws/member-functions';
import { OrganizationsAccounts } from '../aws/organizations-accounts';
import { environmentVariable } from '../contract';
import type { DetectionSettings } from '../detection/settings';
import type { FunctionLister } from '../sweep/ports';
import { type SweepDependencies, sweep } from '../sweep/sweep';
import { composeSelfChecks } from './compose-self-checks';
import { optionsFrom, portsFrom } from './composition';
import { required, systemClock } from './environment';
import { memberCredentialsOf } from './member-access';

/** A sweep has minutes, so it backs off where the detector gives up. */
export const sweeperClientOptions = {
  maxAttempts: 8,
  requestHandler: { connectionTimeout: 1_000, requestTimeout: 10_000, throwOnRequestTimeout: true },
} as const;

/** A run ends while there is time to note how far it came. */
const reserveMilliseconds = 60_000;

/** Lambda's control plane takes 15 requests a second in an account and region (Lambda quotas), shared with everybody. */
const pauseMilliseconds = 250;

/** Builds the sweeper from its environment and the files beside it. Throws where a name is missing. */
export function composeSweeper(
  environment: NodeJS.ProcessEnv,
  directory: string,
): (remainingMilliseconds: () => number) => Promise<void> {
  const observer = new LogObserver(systemClock, (line) => process.stdout.write(`${line}\n`));
  const options = optionsFrom(environment, directory);
  const dynamoDb = new DynamoDBClient(sweeperClientOptions);
  const stateTable = required(environment, 'stateTable');
  const ports: SweepDependencies = {
    ...portsFrom(environment, directory, options, observer),
    undelivered: new DynamoDbUndeliveredAlerts(dynamoDb, required(environment, 'alertTable')),
    history: new CloudTrailEventHistory(new CloudTrailClient(sweeperClientOptions)),
    progress: new DynamoDbSweepProgress(dynamoDb, stateTable),
    pause: async (milliseconds) => sleep(milliseconds),
    lease: new DynamoDbSweepLease(dynamoDb, stateTable, systemClock, randomUUID),
    listing: {
      functions: withPageDelay(new LambdaFunctionLister(new LambdaClient(sweeperClientOptions))),
      progress: new DynamoDbSeedProgress(dynamoDb, stateTable),
    },
    accounts:
      options.settings.organization?.readAccounts === true
        ? new OrganizationsAccounts(new OrganizationsClient(sweeperClientOptions), systemClock)
        : undefined,
    forwarders:
      options.settings.organization === undefined
        ? undefined
        : {
            heartbeats: new DynamoDbHeartbeats(dynamoDb, stateTable, systemClock),
            status: new DynamoDbForwarderStatus(dynamoDb, stateTable),
          },
    members: membersOf(options.settings, environment, dynamoDb),
    selftest:
      environment[environmentVariable.selftest] === undefined
        ? undefined
        : new DynamoDbSelftestProgress(dynamoDb, stateTable),
    selfChecks: composeSelfChecks(environment, { dynamoDb, options: sweeperClientOptions }),
  };
  return async (remainingMilliseconds) => {
    try {
      await sweep(ports, {
        ...options,
        remainingMilliseconds: () => remainingMilliseconds() - reserveMilliseconds,
      });
    } finally {
      observer.flush();
    }
  };
}

function membersOf(
  settings: DetectionSettings,
  environment: NodeJS.ProcessEnv,
  dynamoDb: DynamoDBClient,
): SweepDependencies['members'] {
  const credentials = memberCredentialsOf(environment, dynamoDb, settings);
  if (credentials === undefined) return undefined;
  const stateTable = required(environment, 'stateTable');
  return {
    directory: new MemberFunctions(credentials, dynamoDb, stateTable, sweeperClientOptions),
    listing: new DynamoDbMemberListing(dynamoDb, stateTable),
  };
}

function withPageDelay(lister: FunctionLister): FunctionLister {
  return {
    async page(marker) {
      if (marker !== undefined) await sleep(pauseMilliseconds);
      return lister.page(marker);
    },
  };
}
