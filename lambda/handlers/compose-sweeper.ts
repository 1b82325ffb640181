import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { CloudTrailClient } from '@aws-sdk/client-cloudtrail';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { LambdaClient } from '@aws-sdk/client-lambda';
import { OrganizationsClient } from '@aws-sdk/client-organizations';
import { STSClient } from '@aws-sdk/client-sts';
import { CloudTrailEventHistory } from '../aws/cloudtrail-event-history';
import { DynamoDbHeartbeats } from '../aws/dynamodb-heartbeats';
import {
  DynamoDbForwarderStatus,
  DynamoDbMemberStatus,
  DynamoDbSeedProgress,
  DynamoDbSelftestProgress,
  DynamoDbSweepLease,
  DynamoDbSweepProgress,
} from '../aws/dynamodb-progress';
import { DynamoDbUndeliveredAlerts } from '../aws/dynamodb-undelivered-alerts';
import { LambdaFunctionLister } from '../aws/lambda-function-lister';
import { LogObserver } from '../aws/log-observer';
import { MemberAccounts } from '../aws/member-accounts';
import { OrganizationsAccounts } from '../aws/organizations-accounts';
import { environmentVariable } from '../contract';
import { memberRoleName } from '../detection/forwarded-pattern';
import type { OrganizationSettings } from '../detection/settings';
import type { FunctionLister } from '../sweep/ports';
import { type SweepDependencies, sweep } from '../sweep/sweep';
import { composeSelfChecks } from './compose-self-checks';
import { optionsFrom, portsFrom, required, systemClock } from './composition';

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
    members: membersOf(options.settings.organization, environment, dynamoDb),
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

/** Only where the external id of the role in the member accounts is configured. */
function membersOf(
  organization: OrganizationSettings | undefined,
  environment: NodeJS.ProcessEnv,
  dynamoDb: DynamoDBClient,
): SweepDependencies['members'] {
  if (organization?.externalId === undefined) return undefined;
  const stateTable = required(environment, 'stateTable');
  const directory = new MemberAccounts({
    sts: new STSClient(sweeperClientOptions),
    dynamoDb,
    stateTable,
    roleName: memberRoleName,
    externalId: organization.externalId,
    partition: required(environment, 'alertTopic').split(':')[1] ?? 'aws',
    clientOptions: sweeperClientOptions,
  });
  return { directory, status: new DynamoDbMemberStatus(dynamoDb, stateTable) };
}

function withPageDelay(lister: FunctionLister): FunctionLister {
  return {
    async page(marker) {
      if (marker !== undefined) await sleep(pauseMilliseconds);
      return lister.page(marker);
    },
  };
}
