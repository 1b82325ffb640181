import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { SNSClient } from '@aws-sdk/client-sns';
import { CountryDatabase } from '../aws/country-database';
import { DynamoDbAlertStore } from '../aws/dynamodb-alert-store';
import { DynamoDbNotificationBudget } from '../aws/dynamodb-notification-budget';
import { DynamoDbStateStore } from '../aws/dynamodb-state-store';
import { exportersOf } from '../aws/exporters';
import { FoldingOverflow } from '../aws/folding-overflow';
import { httpArchiveReader } from '../aws/http-archive-reader';
import type { LogObserver } from '../aws/log-observer';
import { SnsPublisher } from '../aws/sns-publisher';
import { lookupSteps, memorySteps, recordSteps } from '../context/steps';
import { environmentVariable, hubBusName, notificationLeaseSeconds, settingsFileName } from '../contract';
import { detectionSettingsOf, type WrittenSettings } from '../detection/settings';
import { renderNotification } from '../notification/message';
import type { PipelineDependencies, PipelineOptions } from '../pipeline/dependencies';
import { clientOptions } from './client-options';
import { required, systemClock } from './environment';
import { lambdaLookupsOf } from './member-access';

/** All context steps together; the alert does not wait longer for context. */
const contextMilliseconds = 2_000;

/** What both functions run with. Throws where a name is missing. */
export function optionsFrom(environment: NodeJS.ProcessEnv, directory: string): PipelineOptions {
  const file = join(directory, environment[environmentVariable.settingsFile] ?? settingsFileName);
  const settings = detectionSettingsOf(JSON.parse(readFileSync(file, 'utf8')) as WrittenSettings);
  const region = required(environment, 'region');
  const stackName = required(environment, 'stackName');
  const [, partition, , , ownAccount] = required(environment, 'alertTopic').split(':');
  return {
    settings,
    leaseMilliseconds: notificationLeaseSeconds * 1_000,
    contextMilliseconds,
    ownAccount,
    ownNamePrefix: `${stackName}-`,
    ownLogicalIds: logicalIds(environment),
    ownKeyArn: environment[environmentVariable.ownKey],
    hubBusArn: `arn:${partition}:events:${region}:${ownAccount}:event-bus/${hubBusName(stackName)}`,
    alertTable: { name: required(environment, 'alertTable'), region },
  };
}

export function portsFrom(
  environment: NodeJS.ProcessEnv,
  directory: string,
  { settings }: PipelineOptions,
  observer: LogObserver,
): PipelineDependencies {
  const dynamoDb = new DynamoDBClient(clientOptions);
  const clock = systemClock;
  const stateTable = required(environment, 'stateTable');
  const overflow = new FoldingOverflow(dynamoDb, stateTable);
  const state = new DynamoDbStateStore(dynamoDb, stateTable, settings.retentionDays, clock);
  return {
    alerts: new DynamoDbAlertStore(dynamoDb, required(environment, 'alertTable'), overflow, clock),
    state,
    budget: new DynamoDbNotificationBudget(dynamoDb, stateTable, settings.notificationBudget, clock, 'clock'),
    publisher: new SnsPublisher(
      new SNSClient(clientOptions),
      required(environment, 'alertTopic'),
      routeTopics(environment),
      observer,
    ),
    render: renderNotification,
    clock,
    observer,
    newToken: randomUUID,
    contextSteps: recordSteps(new CountryDatabase(directory), settings.workingHours),
    exporters: exportersOf(environment, dynamoDb, required(environment, 'region'), clock),
    changeSteps: [
      ...memorySteps(state),
      ...lookupSteps(lambdaLookupsOf(environment, dynamoDb, settings), httpArchiveReader),
    ],
  };
}

/** As the stack wrote them; none in a stack of an older version. */
function logicalIds(environment: NodeJS.ProcessEnv): readonly string[] {
  return JSON.parse(environment[environmentVariable.ownLogicalIds] ?? '[]') as readonly string[];
}

/** ARNs by name of the route, as the stack wrote them. */
export function routeTopics(environment: NodeJS.ProcessEnv): ReadonlyMap<string, string> {
  const json = environment[environmentVariable.routeTopics];
  return new Map(json === undefined ? [] : Object.entries(JSON.parse(json) as Record<string, string>));
}
