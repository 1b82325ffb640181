import { RemovalPolicy } from 'aws-cdk-lib';
import * as dynamodb from 'aws-cdk-lib/aws-dynamodb';
import type * as kms from 'aws-cdk-lib/aws-kms';
import { Construct } from 'constructs';
import { alertTable, stateTable } from '../../lambda/contract';

export interface AlertTablesProps {
  /**
   * Key that encrypts both tables.
   *
   * @default - a key that AWS owns
   */
  readonly encryptionKey?: kms.IKey | undefined;
}

interface TableKeys {
  readonly partitionKey: string;
  readonly expiresAtAttribute: string;
}

/** The alert table, and apart from it the state of the detector, so that a query for alerts finds only alerts. */
export class AlertTables extends Construct {
  readonly alerts: dynamodb.ITable;
  readonly state: dynamodb.ITable;

  constructor(scope: Construct, id: string, { encryptionKey }: AlertTablesProps = {}) {
    super(scope, id);
    const alerts = this.table('Alerts', alertTable, encryptionKey);
    addIndexes(alerts, alertTable.indexes, dynamodb.ProjectionType.ALL);
    const state = this.table('State', stateTable, encryptionKey);
    addIndexes(state, stateTable.indexes, dynamodb.ProjectionType.KEYS_ONLY);
    // The casts: under `exactOptionalPropertyTypes` the class does not fit the interface that it implements.
    this.alerts = alerts as dynamodb.ITable;
    this.state = state as dynamodb.ITable;
  }

  private table(id: string, keys: TableKeys, encryptionKey: kms.IKey | undefined): dynamodb.Table {
    return new dynamodb.Table(this, id, {
      partitionKey: text(keys.partitionKey),
      timeToLiveAttribute: keys.expiresAtAttribute,
      billingMode: dynamodb.BillingMode.PAY_PER_REQUEST,
      pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: true },
      deletionProtection: true,
      removalPolicy: RemovalPolicy.RETAIN,
      ...(encryptionKey !== undefined && {
        encryption: dynamodb.TableEncryption.CUSTOMER_MANAGED,
        encryptionKey,
      }),
    });
  }
}

interface IndexKeys {
  readonly name: string;
  readonly partitionKey: string;
  readonly sortKey: string;
}

function addIndexes(
  table: dynamodb.Table,
  indexes: Readonly<Record<string, IndexKeys>>,
  projectionType: dynamodb.ProjectionType,
): void {
  for (const index of Object.values(indexes))
    table.addGlobalSecondaryIndex({
      indexName: index.name,
      partitionKey: text(index.partitionKey),
      sortKey: text(index.sortKey),
      projectionType,
    });
}

function text(name: string): dynamodb.Attribute {
  return { name, type: dynamodb.AttributeType.STRING };
}
