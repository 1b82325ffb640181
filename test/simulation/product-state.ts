import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDbAlertCatalogue } from '../../lambda/aws/dynamodb-alert-catalogue';
import { DynamoDbUndeliveredAlerts } from '../../lambda/aws/dynamodb-undelivered-alerts';
import { documentOf } from '../../lambda/detection/alert';
import { openExportFailures, unexported } from '../../lambda/detection/alert-exports';
import type { UndeliveredState } from '../../lambda/detection/alert-news';
import type { FindingDocument } from '../../lambda/detection/finding-document';
import type { Clock } from '../../lambda/ports';
import type { SnsMessage } from './machine/modelled-sns';
import { tables } from './product';

/** An alert as its document says it. */
export interface AlertState {
  readonly alertId: string;
  readonly target: string;
  readonly kind: string;
  readonly severity: string;
  readonly score: number;
  readonly disposition: string;
  readonly status: string;
  readonly occurrences: number;
  readonly firstSeen: string;
  readonly lastSeen: string;
  /** At most 100. */
  readonly recordIds: readonly string[];
  /** Id of the record that the document is about. */
  readonly about: string;
  /** Ids of other records that it says something of in words. */
  readonly mentioned: readonly string[];
  /** `null` where not known. */
  readonly before: readonly string[] | null;
  readonly after: readonly string[] | null;
}

export function alertStateOf({ layerwatch, event }: FindingDocument): AlertState {
  const { target, change, risk } = layerwatch;
  return {
    alertId: layerwatch.alert_id,
    target: target.arn ?? target.name ?? 'unknown',
    kind: change.kind,
    severity: risk.band,
    score: risk.score,
    disposition: layerwatch.disposition,
    status: layerwatch.status,
    occurrences: layerwatch.occurrences,
    firstSeen: layerwatch.first_seen,
    lastSeen: layerwatch.last_seen,
    recordIds: layerwatch.event_ids,
    about: otherRecordOf(layerwatch.problems) ?? event.id,
    mentioned: layerwatch.problems.flatMap((problem) => problem.match(/[0-9a-f]{8}-[0-9a-f-]{27}/g) ?? []),
    before: change.before,
    after: change.after,
  };
}

/** A notification of a record whose details are lost says so in words, and shows those of another one. */
function otherRecordOf(problems: readonly string[]): string | undefined {
  return problems.flatMap((problem) => /^this is about event ([0-9a-f-]+)/.exec(problem)?.[1] ?? [])[0];
}

/** All alerts that there are, and which of them wait for a notification. */
export interface StoredState {
  readonly alerts: readonly AlertState[];
  readonly pending: readonly string[];
  readonly withheld: readonly string[];
  readonly unexported: readonly string[];
  /** Alerts that say why the exporter does not have them. */
  readonly sayingWhyUnexported: ReadonlySet<string>;
}

export async function readState(client: DynamoDBClient, clock: Clock): Promise<StoredState> {
  const catalogue = new DynamoDbAlertCatalogue(client, tables.alerts);
  const undelivered = new DynamoDbUndeliveredAlerts(client, tables.alerts);
  const now = clock.now().getTime();
  const alerts: AlertState[] = [];
  const owed: string[] = [];
  const sayingWhyUnexported = new Set<string>();
  const question = { by: { kind: 'day' }, filters: {} } as const;
  const span = { since: new Date(now - 86_400_000), until: new Date(now) };
  for await (const alert of catalogue.list({ ...question, ...span })) {
    alerts.push(alertStateOf(documentOf(alert)));
    if (unexported(alert).length > 0) owed.push(alert.alertId);
    if (openExportFailures(alert).size > 0) sayingWhyUnexported.add(alert.alertId);
  }
  const idsOf = async (state: UndeliveredState) => {
    const ids: string[] = [];
    for await (const { alertId } of undelivered.list(state)) ids.push(alertId);
    return ids;
  };
  return {
    alerts,
    pending: await idsOf('pending'),
    withheld: await idsOf('withheld'),
    unexported: owed,
    sayingWhyUnexported,
  };
}

/** What a message that SNS accepted says to machines. */
export type Published =
  | { readonly kind: 'alert'; readonly state: AlertState }
  | { readonly kind: 'digest'; readonly alertIds: readonly string[] }
  | { readonly kind: 'other'; readonly subject: string };

export function publishedOf({ bodies, subject }: SnsMessage): Published {
  const body = JSON.parse(bodies['sqs'] ?? '{}') as {
    readonly event?: { readonly kind?: string };
    readonly layerwatch?: { readonly digest?: { readonly alert_ids: readonly string[] } };
  };
  if (body.event?.kind === 'alert')
    return { kind: 'alert', state: alertStateOf(body as unknown as FindingDocument) };
  const digest = body.layerwatch?.digest;
  return digest === undefined ? { kind: 'other', subject } : { kind: 'digest', alertIds: digest.alert_ids };
}
