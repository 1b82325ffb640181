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

/** The alerts, and apart from them what the detector has to remember, so that whoever queries alerts meets only alerts. */
export class AlertTables extends Construct {
  readonly alerts: dynamodb.Table;
  readonly state: dynamodb.Table;

  constructor(scope: Construct, id: string, props: AlertTablesProps = {}) {
    super(scope, id);
    this.alerts = this.table(
      'Alerts',
      alertTable.partitionKey,
      alertTable.expiresAtAttribute,
      props.encryptionKey,
    );
    this.state = this.table(
      'State',
      stateTable.partitionKey,
      stateTable.expiresAtAttribute,
      props.encryptionKey,
    );
    this.addIndexes();
  }

  private table(id: string, partitionKey: string, timeToLive: string, encryptionKey: kms.IKey | undefined) {
    return new dynamodb.Table(this, id, {
      partitionKey: text(partitionKey),
      timeToLiveAttribute: timeToLive,
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

  private addIndexes(): void {
    for (const index of Object.values(alertTable.indexes)) {
      this.alerts.addGlobalSecondaryIndex({
        indexName: index.name,
        partitionKey: text(index.partitionKey),
        sortKey: text(index.sortKey),
        projectionType: dynamodb.ProjectionType.ALL,
      });
    }
  }
}

function text(name: string): dynamodb.Attribute {
  return { name, type: dynamodb.AttributeType.STRING };
}
