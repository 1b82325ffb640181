import {
  ConditionalCheckFailedException,
  type DynamoDBClient,
  GetItemCommand,
  UpdateItemCommand,
} from '@aws-sdk/client-dynamodb';
import { alertTable } from '../contract';
import type { AlertStatus } from '../detection/finding-document';
import { type TriageEntry, withEntry } from '../detection/triage';
import type { TriageStore } from '../ports';
import { alertSchemaVersion } from './alert-item';
import { number, string } from './attributes';
import { historyAttribute, type TriagedAlert, triageAttribute, triagedAlertOf } from './triage-item';
import { Update } from './update';

/** What people do with alerts, written so that two of them do not overwrite each other. */
export class DynamoDbTriage implements TriageStore<TriagedAlert> {
  constructor(
    private readonly client: DynamoDBClient,
    private readonly tableName: string,
  ) {}

  async read(alertId: string): Promise<TriagedAlert | undefined> {
    const Key = { [alertTable.partitionKey]: string(alertId) };
    const { Item } = await this.client.send(
      new GetItemCommand({ TableName: this.tableName, Key, ConsistentRead: true }),
    );
    return Item === undefined ? undefined : triagedAlertOf(Item);
  }

  /** Also refused where the alert rose meanwhile: whoever decides has to have seen what it is now. */
  async write(read: TriagedAlert, entry: TriageEntry, status: AlertStatus): Promise<'written' | 'conflict'> {
    const update = new Update().set({
      [triageAttribute.status]: string(status),
      [triageAttribute.history]: historyAttribute(withEntry(read.history, entry)),
      [triageAttribute.version]: number(read.triageVersion + 1),
    });
    const version = update.name(triageAttribute.version);
    const isUntouched =
      read.triageVersion === 0
        ? `attribute_not_exists(${version})`
        : `${version} = ${update.value(number(read.triageVersion))}`;
    update
      .when(isUntouched)
      .when(`${update.name(triageAttribute.status)} = ${update.value(string(read.status))}`)
      .when(`${update.name('schemaVersion')} <= ${update.value(number(alertSchemaVersion))}`)
      .when(`${update.name('rank')} = ${update.value(number(read.rank))}`);
    const key = { [alertTable.partitionKey]: string(read.alertId) };
    try {
      await this.client.send(new UpdateItemCommand(update.input(this.tableName, key)));
      return 'written';
    } catch (error) {
      if (error instanceof ConditionalCheckFailedException) return 'conflict';
      throw error;
    }
  }
}
