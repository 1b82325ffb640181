import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDbAlertCatalogue } from '../../lambda/aws/dynamodb-alert-catalogue';
import { DynamoDbAlertStore } from '../../lambda/aws/dynamodb-alert-store';
import { DynamoDbStateStore } from '../../lambda/aws/dynamodb-state-store';
import { FoldingOverflow } from '../../lambda/aws/folding-overflow';
import type { StoredAlert } from '../../lambda/detection/alert';
import { defaultDetectionSettings } from '../../lambda/detection/settings';
import { systemClock } from '../../lambda/handlers/environment';
import { AlertTriage } from '../../lambda/pipeline/triage-alert';
import type { AlertStore, StateStore, TriageStore } from '../../lambda/ports';
import { NotDoneError, UsageError } from '../errors';
import { type DeployedStack, findStack } from './stack';

/** The alert table of a deployed stack. */
export interface DeployedAlerts {
  readonly stack: DeployedStack;
  readonly client: DynamoDBClient;
  readonly tableName: string;
  readonly region: string;
  readonly catalogue: DynamoDbAlertCatalogue;
  readonly alerts: AlertStore;
  readonly triage: TriageStore;
  readonly state: StateStore;
}

/** What finding alerts takes. */
export type FoundAlerts = Pick<DeployedAlerts, 'catalogue' | 'alerts'>;

export async function openAlerts(stackName: string): Promise<DeployedAlerts> {
  const stack = await findStack(stackName);
  const client = new DynamoDBClient({});
  const tableName = stack.physicalId('AWS::DynamoDB::Table', 'TablesAlerts');
  const stateTable = stack.physicalId('AWS::DynamoDB::Table', 'TablesState');
  const alerts = new DynamoDbAlertStore(
    client,
    tableName,
    new FoldingOverflow(client, stateTable),
    systemClock,
  );
  return {
    stack,
    client,
    tableName,
    region: await client.config.region(),
    catalogue: new DynamoDbAlertCatalogue(client, tableName),
    alerts,
    triage: new AlertTriage(alerts),
    state: new DynamoDbStateStore(client, stateTable, defaultDetectionSettings.retentionDays, systemClock),
  };
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
export async function findAlert(alerts: FoundAlerts, id: string): Promise<StoredAlert> {
  if (!/^[0-9a-f]{6,64}$/.test(id))
    throw new UsageError(
      `${JSON.stringify(id)} is no alert id; allowed: 6 to 64 hexadecimal digits, as layerwatch alerts and each message show them`,
    );
  const found = id.length === 64 ? await alerts.alerts.read(id) : await findByPrefix(alerts, id);
  if (found === undefined)
    throw new NotDoneError(
      `no alert ${id}; layerwatch alerts lists the alerts of the stack that --stack and --region name`,
    );
  return found;
}

async function findByPrefix({ catalogue, alerts }: FoundAlerts, idPrefix: string) {
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
  return alerts.read(first);
}
