import type { Evidence } from '../evidence';
import { describeCall, isNews } from '../truth';
import { recordIdOf } from '../world/records';
import { names } from './notifications';

/** Law 1: what is published to people is handed to the exporter too. */
export function allNewsIsExported({ scenario, exported, inOrder }: Evidence): readonly string[] {
  return scenario.calls
    .filter(isNews)
    .filter(
      (call) => !exported.some((state) => names(state, recordIdOf(call), inOrder.alertIds.get(call.id))),
    )
    .map((call) => `${describeCall(call)} was never exported`);
}
