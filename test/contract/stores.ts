import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { TableNames } from '../../cli/embedded/tables';
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
import type {
  AlertStore,
  Clock,
  NotificationBudget,
  StateStore,
  UndeliveredAlerts,
} from '../../lambda/ports';
import type { SeedProgressStore, SweepLease, SweepProgressStore } from '../../lambda/sweep/ports';

/** The stores of one deployment, whatever they stand on. */
export interface Stores {
  readonly alerts: AlertStore;
  readonly state: StateStore;
  readonly undelivered: UndeliveredAlerts;
  readonly budget: (count: number) => NotificationBudget;
}

/** Stores that were opened for a suite. */
export interface OpenedStores {
  /** One more process on the same data. */
  readonly stores: (clock: Clock) => Stores;
  readonly close: () => Promise<void>;
}

/** A DynamoDB, of whatever make, with the two tables in it. */
export interface ConnectedDatabase {
  readonly client: DynamoDBClient;
  readonly tables: TableNames;
  readonly close: () => Promise<void>;
}

/** What of the stores only DynamoDB has. */
export interface DynamoDbStores extends Stores {
  readonly catalogue: DynamoDbAlertCatalogue;
  readonly seedProgress: SeedProgressStore;
  readonly sweepProgress: SweepProgressStore;
  readonly sweepLease: (token: string) => SweepLease;
}

/** Days that a seen entity is remembered, in the suites. */
export const retentionDays = 400;

export function dynamoDbStores({ client, tables }: ConnectedDatabase, clock: Clock): DynamoDbStores {
  const { alerts, state } = tables;
  return {
    alerts: new DynamoDbAlertStore(client, alerts, new FoldingOverflow(client, state), clock),
    state: new DynamoDbStateStore(client, state, retentionDays, clock),
    undelivered: new DynamoDbUndeliveredAlerts(client, alerts),
    budget: (count) => new DynamoDbNotificationBudget(client, state, { count, minutes: 10 }, clock, 'event'),
    catalogue: new DynamoDbAlertCatalogue(client, alerts),
    seedProgress: new DynamoDbSeedProgress(client, state),
    sweepProgress: new DynamoDbSweepProgress(client, state),
    sweepLease: (token) => new DynamoDbSweepLease(client, state, clock, () => token),
  };
}

/** Opens the stores of a suite on a DynamoDB. */
export function onDatabase(connect: () => Promise<ConnectedDatabase>): () => Promise<OpenedStores> {
  return async () => {
    const database = await connect();
    return { stores: (clock) => dynamoDbStores(database, clock), close: database.close };
  };
}
