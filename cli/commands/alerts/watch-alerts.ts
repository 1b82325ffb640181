import { documentOf, type StoredAlert } from '../../../lambda/detection/alert';
import { escapeForDisplay } from '../../../lambda/text/untrusted-text';
import { describeAwsFailure, isAwsFailure } from '../../aws/describe-failure';
import { shortAlertId } from '../../output/format';
import { bandStyles, styled } from '../../output/style';

/** What a watch looks at, and where it reports. */
export interface Watch {
  /** The alerts as they are now, the newest first. */
  readonly list: () => Promise<readonly StoredAlert[]>;
  readonly report: (alert: StoredAlert, what: string) => Promise<void>;
  readonly warn: (line: string) => void;
  /** Resolves when the next look is due; rejects where nobody watches any more. */
  readonly pause: () => Promise<void>;
}

/**
 * Reports alerts that are new, and those with another status, a higher severity or a further call to notify, until `pause` rejects. A
 * call to AWS that fails is named, and the next look is in time.
 */
export async function watchAlerts(
  { list, report, warn, pause }: Watch,
  shown: readonly StoredAlert[],
): Promise<never> {
  const known = new Map(shown.map((alert) => [alert.alertId, alert]));
  for (;;) {
    await pause();
    for (const alert of await listed(list, warn)) {
      const what = changeOf(known.get(alert.alertId), alert);
      known.set(alert.alertId, alert);
      if (what !== undefined) await report(alert, what);
    }
  }
}

/** The earliest first, as they came. */
async function listed(list: Watch['list'], warn: Watch['warn']): Promise<readonly StoredAlert[]> {
  try {
    return [...(await list())].reverse();
  } catch (error) {
    if (!isAwsFailure(error)) throw error;
    warn(`${describeAwsFailure(error)} (the next look is made all the same)`);
    return [];
  }
}

function changeOf(before: StoredAlert | undefined, now: StoredAlert): string | undefined {
  if (before === undefined) return 'new';
  if (before.status !== now.status) return now.status;
  const [severityBefore, severity] = [before, now].map(
    ({ judgedDocument }) => judgedDocument.layerwatch.risk.band,
  );
  if (severityBefore !== severity) return `${severity} now`;
  return before.news.size === now.news.size ? undefined : 'again';
}

/** `new  b779bd22633d  critical 76  Layer boto-utils:3 from ...` */
export function watchLine(alert: StoredAlert, what: string): string {
  const { layerwatch, message } = documentOf(alert);
  const { band, score } = layerwatch.risk;
  const severity = styled(`${band} ${score}`, bandStyles[band]);
  return [what, shortAlertId(alert.alertId), severity, escapeForDisplay(message, 600)].join('  ');
}
