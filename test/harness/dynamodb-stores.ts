import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDbAlertCatalogue } from '../../lambda/aws/dynamodb-alert-catalogue';
import { DynamoDbAlertStore } from '../../lambda/aws/dynamodb-alert-store';
import { DynamoDbNotificationBudget } from '../../lambda/aws/dynamodb-notification-budget';
import {
  DynamoDbSeedProgress,
  DynamoDbSweepLease,
  DynamoDbSweepProgress,
} from '../../lambda/aws/dynamodb-progress';
import { DynamoDbStateStore } from '../../lambda/aws/dynamodb-state-store';
import { DynamoDbUndeliveredAlerts } from '../../lambda/aws/dynamodb-undelivered-alerts';
import { FoldingOverflow } from '../../lambda/aws/folding-overflow';
import type { Clock } from '../../lambda/ports';
import type { TableNames } from './dynamodb-tables';
import { defaultRetentionDays, type OpenedStores, type Stores } from './stores';

/** A DynamoDB, of whatever make, with the two tables in it. */
export interface ConnectedDatabase {
  readonly client: DynamoDBClient;
  readonly tables: TableNames;
  readonly close: () => Promise<void>;
}

/** With what only DynamoDB has. */
export interface DynamoDbStores extends Stores {
  readonly catalogue: DynamoDbAlertCatalogue;
}

export function dynamoDbStores(
  { client, tables }: Pick<ConnectedDatabase, 'client' | 'tables'>,
  clock: Clock,
  retentionDays = defaultRetentionDays,
): DynamoDbStores {
  const { alerts, state } = tables;
  return {
    alerts: new DynamoDbAlertStore(client, alerts, new FoldingOverflow(client, state), clock),
    state: new DynamoDbStateStore(client, state, retentionDays, clock),
    undelivered: new DynamoDbUndeliveredAlerts(client, alerts),
    budget: (budget) => new DynamoDbNotificationBudget(client, state, budget, clock, 'event'),
    catalogue: new DynamoDbAlertCatalogue(client, alerts),
    seedProgress: new DynamoDbSeedProgress(client, state),
    sweepProgress: new DynamoDbSweepProgress(client, state),
    sweepLease: (token) => new DynamoDbSweepLease(client, state, clock, () => token),
  };
}

export function storesOn(database: ConnectedDatabase): OpenedStores {
  return {
    stores: (clock, retentionDays) => dynamoDbStores(database, clock, retentionDays),
    close: database.close,
  };
}
