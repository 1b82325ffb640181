import type { StoredAlert } from '../../lambda/detection/alert';
import { type UndeliveredState, undeliveredState } from '../../lambda/detection/alert-news';
import type { AlertId } from '../../lambda/detection/brands';
import type { FindingDocument } from '../../lambda/detection/finding-document';
import { overflowBucketOf } from '../../lambda/detection/overflow-bucket';
import type { AlertStore, Clock, UndeliveredAlert, UndeliveredAlerts, WriteResult } from '../../lambda/ports';
import { itemKey, keyPrefix } from './item-key';
import type { Item, LevelDatabase } from './level-database';
import { fromJson, type StoredAlertJson, toJson } from './stored-alert-json';

const alertKey = (alertId: AlertId) => itemKey('alert', alertId);
const documentKey = (alertId: AlertId) => itemKey('document', alertId);

/**
 * Alerts in the embedded database, and the index of those that are not finished. The document of an alert is an item of its own:
 * it is the larger part, and few writes of an alert change it.
 */
export class LevelAlertStore implements AlertStore, UndeliveredAlerts {
  constructor(
    private readonly database: LevelDatabase,
    private readonly clock: Clock,
  ) {}

  async read(alertId: AlertId): Promise<StoredAlert | undefined> {
    const stored = this.stored(alertId);
    const document = stored && this.database.read<FindingDocument>(documentKey(alertId));
    return document && fromJson(stored, document);
  }

  async write(next: StoredAlert, read: StoredAlert | undefined): Promise<WriteResult> {
    const version = read?.version ?? 0;
    const alert = { ...next, version: version + 1 };
    const result = await this.database.change(() => {
      const stored = this.stored(next.alertId);
      if ((stored?.version ?? 0) !== version) return undefined;
      return {
        delete: read === undefined ? [] : indexKeys(read),
        put: [alertItem(alert), ...changedDocument(alert, read), ...indexItems(alert)],
      };
    });
    return result === 'written' ? { outcome: 'written', alert } : { outcome: 'conflict' };
  }

  async countBeyond(alertId: AlertId, recordId: string, expiresAtSeconds: number) {
    const name = overflowBucketOf(recordId);
    const key = itemKey('overflow', alertId, name);
    let members = new Set<string>();
    await this.database.change(() => {
      members = new Set(this.database.read<readonly string[]>(key, this.clock)).add(recordId);
      return { put: [[key, { value: [...members], expiresAtSeconds }]] };
    });
    return { name, size: members.size };
  }

  async *list(state: UndeliveredState): AsyncGenerator<UndeliveredAlert> {
    yield* this.database.list<UndeliveredAlert>(keyPrefix('undelivered', state));
  }

  private stored(alertId: AlertId): StoredAlertJson | undefined {
    return this.database.read<StoredAlertJson>(alertKey(alertId), this.clock);
  }
}

function alertItem(alert: StoredAlert): readonly [string, Item] {
  return [alertKey(alert.alertId), { value: toJson(alert), expiresAtSeconds: alert.expiresAtSeconds }];
}

/** An alert that keeps the document it was read with leaves the stored one in place. */
function changedDocument(
  { alertId, judgedDocument }: StoredAlert,
  read: StoredAlert | undefined,
): readonly (readonly [string, Item])[] {
  return judgedDocument === read?.judgedDocument ? [] : [[documentKey(alertId), { value: judgedDocument }]];
}

/** By time, so that the earliest comes first. */
function indexKeys(alert: StoredAlert): readonly string[] {
  const state = undeliveredState(alert);
  return state === undefined ? [] : [itemKey('undelivered', state, alert.firstSeen, alert.alertId)];
}

function indexItems(alert: StoredAlert): readonly (readonly [string, Item])[] {
  const { alertId, actor, firstSeen, judgedDocument } = alert;
  const { target, risk } = judgedDocument.layerwatch;
  const value: UndeliveredAlert = {
    alertId,
    actor,
    targetArn: target.arn ?? 'unknown',
    band: risk.band,
    firstSeen,
  };
  return indexKeys(alert).map((key) => [key, { value }]);
}
