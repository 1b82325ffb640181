import type { Evidence } from '../evidence';
import { describeCall, isNews, isRefused } from '../truth';
import { recordIdOf } from '../world/records';
import { names } from './notifications';

/** Law 1: what is published to people is handed to the exporter too. */
export function allNewsIsExported(evidence: Evidence): readonly string[] {
  const { scenario, exported, inOrder } = evidence;
  return scenario.calls
    .filter((call) => isNews(call) && !isRefused(call, evidence))
    .filter(
      (call) => !exported.some((state) => names(state, recordIdOf(call), inOrder.alertIds.get(call.id))),
    )
    .map((call) => `${describeCall(call)} was never exported`);
}
