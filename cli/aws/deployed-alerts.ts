import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { alertSchemaVersion } from '../../lambda/aws/alert-item';
import { DynamoDbAlertCatalogue } from '../../lambda/aws/dynamodb-alert-catalogue';
import { DynamoDbTriage } from '../../lambda/aws/dynamodb-triage';
import type { TriagedAlert } from '../../lambda/aws/triage-item';
import { NotDoneError, UsageError } from '../errors';
import { type DeployedStack, findStack } from './stack';

/** The alert table of a deployed stack. */
export interface DeployedAlerts {
  readonly stack: DeployedStack;
  readonly client: DynamoDBClient;
  readonly tableName: string;
  readonly region: string;
  readonly catalogue: DynamoDbAlertCatalogue;
  readonly triage: DynamoDbTriage;
}

export async function openAlerts(stackName: string): Promise<DeployedAlerts> {
  const stack = await findStack(stackName);
  const client = new DynamoDBClient({});
  const tableName = stack.physicalId('AWS::DynamoDB::Table', 'TablesAlerts');
  return {
    stack,
    client,
    tableName,
    region: await client.config.region(),
    catalogue: new DynamoDbAlertCatalogue(client, tableName),
    triage: new DynamoDbTriage(client, tableName),
  };
}

/** @throws {NotDoneError} for an alert of a newer version, whose meaning this version does not know */
export function refuseNewer({ alertId, schemaVersion }: TriagedAlert): void {
  if (schemaVersion <= alertSchemaVersion) return;
  throw new NotDoneError(
    `alert ${alertId} was written by a newer version of Layerwatch, which this version may read and not change; update the command line`,
  );
}

/** How far back the beginning of an id is searched. A whole id is found however old it is. */
const prefixDays = 90;
const dayMilliseconds = 86_400_000;

/**
 * Finds the alert with this id, or with an id that begins like this.
 *
 * @throws {UsageError} for what is no id
 * @throws {NotDoneError} where there is none, or more than one
 */
export async function findAlert(alerts: DeployedAlerts, id: string): Promise<TriagedAlert> {
  if (!/^[0-9a-f]{6,64}$/.test(id))
    throw new UsageError(
      `${JSON.stringify(id)} is no alert id; allowed: 6 to 64 hexadecimal digits, as layerwatch alerts and each message show them`,
    );
  const found = id.length === 64 ? await alerts.triage.read(id) : await findByPrefix(alerts, id);
  if (found === undefined)
    throw new NotDoneError(
      `no alert ${id}; layerwatch alerts lists the alerts of the stack that --stack and --region name`,
    );
  return found;
}

async function findByPrefix({ catalogue, triage }: DeployedAlerts, idPrefix: string) {
  const until = new Date(Date.now() + dayMilliseconds);
  const since = new Date(until.getTime() - prefixDays * dayMilliseconds);
  const ids: string[] = [];
  for await (const { alertId } of catalogue.list({
    by: { kind: 'day' },
    since,
    until,
    filters: {},
    idPrefix,
  }))
    ids.push(alertId);
  const [first, second] = ids;
  if (second !== undefined)
    throw new NotDoneError(
      `${ids.length} alerts begin with ${idPrefix}: ${ids.join(', ')}; give more digits`,
    );
  if (first === undefined)
    throw new NotDoneError(
      `no alert of the last ${prefixDays} days begins with ${idPrefix}; give the whole id for an older one`,
    );
  return triage.read(first);
}
