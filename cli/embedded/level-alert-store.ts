import type { StoredAlert } from '../../lambda/detection/alert';
import { type UndeliveredState, undeliveredState } from '../../lambda/detection/alert-news';
import type { AlertId } from '../../lambda/detection/brands';
import { overflowBucketOf } from '../../lambda/detection/overflow-bucket';
import type { AlertStore, Clock, UndeliveredAlert, UndeliveredAlerts, WriteResult } from '../../lambda/ports';
import { itemKey, keyPrefix } from './item-key';
import type { Item, LevelDatabase } from './level-database';
import { fromJson, type StoredAlertJson, toJson } from './stored-alert-json';

/** Alerts in the embedded database, and the index of those that are not finished. */
export class LevelAlertStore implements AlertStore, UndeliveredAlerts {
  constructor(
    private readonly database: LevelDatabase,
    private readonly clock: Clock,
  ) {}

  async read(alertId: AlertId): Promise<StoredAlert | undefined> {
    return this.stored(alertId);
  }

  async write(next: StoredAlert, read: StoredAlert | undefined): Promise<WriteResult> {
    const version = read?.version ?? 0;
    const alert = { ...next, version: version + 1 };
    const result = await this.database.change(() => {
      const stored = this.stored(next.alertId);
      if ((stored?.version ?? 0) !== version) return undefined;
      return {
        delete: stored === undefined ? [] : indexKeys(stored),
        put: [alertItem(alert), ...indexItems(alert)],
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

  private stored(alertId: AlertId): StoredAlert | undefined {
    const json = this.database.read<StoredAlertJson>(itemKey('alert', alertId), this.clock);
    return json === undefined ? undefined : fromJson(json);
  }
}

function alertItem(alert: StoredAlert): readonly [string, Item] {
  return [
    itemKey('alert', alert.alertId),
    { value: toJson(alert), expiresAtSeconds: alert.expiresAtSeconds },
  ];
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
