import type { NewsState, StoredAlert } from './alert';
import { unexported } from './alert-exports';
import { type Band, bands } from './band';
import type { IsoTime } from './brands';

/** One topic's part of the notification of a record. */
export function deliveryOf(recordId: string, topic: string): string {
  return `${recordId} ${topic}`;
}

/** The alert once SNS has accepted the notification of a record. */
export function withNotified(
  alert: StoredAlert,
  recordId: string,
  { band, messageId, at }: { readonly band: Band; readonly messageId: string; readonly at: IsoTime },
): StoredAlert {
  const isHigher =
    alert.notifiedBand === undefined || bands.indexOf(band) > bands.indexOf(alert.notifiedBand);
  return {
    ...alert,
    news: new Map([...alert.news, [recordId, 'notified']]),
    deliveries: new Set([...alert.deliveries].filter((delivery) => !delivery.startsWith(`${recordId} `))),
    notifiedBand: isHigher ? band : alert.notifiedBand,
    notifiedAt: at,
    messageId,
  };
}

/** The alert once the budget has refused the notification of a record. */
export function withWithheld(alert: StoredAlert, recordId: string): StoredAlert {
  return alert.news.get(recordId) === 'owed'
    ? { ...alert, news: new Map([...alert.news, [recordId, 'withheld']]) }
    : alert;
}

/** The alert once a digest has named it; records that were withheld since stay withheld. */
export function withDigested(alert: StoredAlert, recordIds: readonly string[]): StoredAlert {
  const named = new Set(recordIds);
  const news = [...alert.news].map(([id, state]): [string, NewsState] =>
    named.has(id) && state === 'withheld' ? [id, 'digested'] : [id, state],
  );
  return { ...alert, news: new Map(news) };
}

/** Record ids in one state, the oldest news first. */
export function newsIn({ news }: Pick<StoredAlert, 'news'>, state: NewsState): readonly string[] {
  return [...news].filter(([, each]) => each === state).map(([id]) => id);
}

/** Whether a notification still has to be sent or withheld. */
export function isUnfinished(alert: Pick<StoredAlert, 'news'>): boolean {
  return newsIn(alert, 'owed').length > 0;
}

/** What an alert waits for: its notifications, a digest, or an exporter. */
export type UndeliveredState = 'pending' | 'withheld' | 'unexported';

/** Why an alert is in the index of unfinished ones; `undefined` for one that is done. */
export function undeliveredState(alert: StoredAlert): UndeliveredState | undefined {
  if (isUnfinished(alert)) return 'pending';
  if (newsIn(alert, 'withheld').length > 0) return 'withheld';
  return unexported(alert).length > 0 ? 'unexported' : undefined;
}
