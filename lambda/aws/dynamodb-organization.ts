import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { stateTable } from '../contract';
import type {
  ForwarderStatus,
  ForwarderStatusStore,
  MemberListing,
  MemberListingStore,
} from '../sweep/ports';
import {
  number,
  numberOf,
  optionalString,
  requiredString,
  string,
  stringMap,
  stringMapOf,
} from './attributes';
import { ProgressItem } from './progress-item';
import { listAttribute, listOf } from './state-items';

/** An item holds 400 KB at most (DynamoDB quotas); 1,000 reasons are far below. */
const maxFailures = 1_000;

/** How far the listing of member accounts has come; of many failures the first. */
export class DynamoDbMemberListing implements MemberListingStore {
  private readonly item: ProgressItem;

  constructor(client: DynamoDBClient, tableName: string) {
    this.item = new ProgressItem(client, tableName, 'member-listing');
  }

  async read(): Promise<MemberListing | undefined> {
    const item = await this.item.read();
    if (item === undefined) return undefined;
    return {
      at: requiredString(item, 'at', stateTable.partitionKey),
      places: numberOf(item, 'places'),
      failed: stringMapOf(item, 'failed'),
      next: item['next']?.S,
    };
  }

  async write({ at, places, failed, next }: MemberListing): Promise<void> {
    await this.item.write({
      at: string(at),
      places: number(places),
      failed: stringMap([...failed].slice(0, maxFailures)),
      ...optionalString('next', next),
    });
  }
}

/** What the last look at the forwarders found; of long lists the beginning. */
export class DynamoDbForwarderStatus implements ForwarderStatusStore {
  private readonly item: ProgressItem;

  constructor(client: DynamoDBClient, tableName: string) {
    this.item = new ProgressItem(client, tableName, 'forwarder-status');
  }

  async read(): Promise<ForwarderStatus | undefined> {
    const item = await this.item.read();
    if (item === undefined) return undefined;
    return {
      at: requiredString(item, 'at', stateTable.partitionKey),
      accounts: numberOf(item, 'accounts'),
      heard: numberOf(item, 'heard'),
      silent: (item['silent']?.L ?? []).map(({ M = {} }) => ({
        account: M['account']?.S ?? '',
        region: M['region']?.S ?? '',
        lastHeard: M['lastHeard']?.S ?? '',
      })),
      unheard: listOf(item, 'unheard') ?? [],
      unheardRegions: listOf(item, 'unheardRegions') ?? [],
    };
  }

  async write({ at, accounts, heard, silent, unheard, unheardRegions }: ForwarderStatus): Promise<void> {
    await this.item.write({
      at: string(at),
      accounts: number(accounts),
      heard: number(heard),
      silent: {
        L: silent.slice(0, maxFailures).map(({ account, region, lastHeard }) => ({
          M: { account: string(account), region: string(region), lastHeard: string(lastHeard) },
        })),
      },
      ...listAttribute('unheard', unheard.slice(0, maxFailures)),
      ...listAttribute('unheardRegions', unheardRegions.slice(0, maxFailures)),
    });
  }
}
