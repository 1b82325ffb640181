import type { Evidence } from '../evidence';
import { describeCall, isAmongSameSecond, isNews, isNewsByItself, sameNewsAs } from '../truth';
import { callIdOf, recordIdOf } from '../world/records';
import { names, publishedCallIds } from './notifications';

/** Law 1: no record is rejected where nothing fails. */
export function inOrderNothingFails({ inOrder }: Evidence): readonly string[] {
  return inOrder.failures;
}

/** Law 4: even where everything comes in order, all news is published. */
export function inOrderAllNewsIsPublished({ scenario, inOrder }: Evidence): readonly string[] {
  const published = publishedCallIds(inOrder.published);
  const digested = inOrder.published.flatMap((content) =>
    content.kind === 'digest' ? content.alertIds : [],
  );
  const apart = new Set([...inOrder.state.withheld, ...digested]);
  const withheld = inOrder.state.alerts.filter(({ alertId }) => apart.has(alertId));
  return scenario.calls
    .filter(isNews)
    .filter((call) => ![...sameNewsAs(call, scenario.calls)].some((id) => published.has(id)))
    .filter(
      (call) => !withheld.some((state) => names(state, recordIdOf(call), inOrder.alertIds.get(call.id))),
    )
    .map((call) => `${describeCall(call)} was not published in order`);
}

/** Law 4: where everything comes in order, only what changed something is published, and once. */
export function inOrderRepeatsAreNotPublished({ scenario, inOrder }: Evidence): readonly string[] {
  const about = inOrder.published.flatMap((content) =>
    content.kind === 'alert' ? [callIdOf(content.state.about)] : [],
  );
  return scenario.calls.flatMap((call) => {
    const sent = about.filter((id) => id === call.id).length;
    const mayBe = isNewsByItself(call) || isAmongSameSecond(call, scenario.calls);
    return sent <= Number(mayBe) ? [] : [`${sent} notifications in order of ${describeCall(call)}`];
  });
}
