import { bareLayer, parseLayerArn } from '../detection/arn';
import type { HistoryContext } from '../detection/context-document';
import { actorKey } from '../detection/identity';
import { daysSinceEarlierDay, isNewAt, type SeenEntity } from '../detection/seen-entity';
import { entityKey } from '../detection/state-query';
import { plural } from '../text/format';
import { displayName } from '../text/untrusted-text';
import type { ChangeStep, ChangeSubject } from './context-step';
import { countryName } from './country-name';

export const historyStep: ChangeStep = {
  name: 'history',
  run: (subject) => ({ history: describeHistory(subject) }),
};

/** Spans that analysts ask about. */
const spansInDays = [7, 30, 90] as const;

/** What of the call was seen before: the actor, the country, the publisher, the layer. */
export function describeHistory({ record, change, context, snapshot }: ChangeSubject): HistoryContext {
  const time = record.eventTime;
  if (time === undefined) throw new Error('the record has no time to compare with');
  const actor = actorKey(record.identity);
  const mark = (key: string) => snapshot.entities.get(key);
  const isNew = (key: string) => isNewAt(mark(key), time);
  const country = context.origin?.country_iso_code ?? undefined;
  const actorMark = mark(entityKey.actor(actor));
  const days = daysSinceEarlierDay(actorMark, time);
  const arns = change.layers.flatMap((layer) =>
    layer.arn === undefined || layer.change === 'removed' ? [] : [layer.arn],
  );
  const others = (actorMark?.countries ?? []).filter((code) => code !== country);
  const isNewActor = isNewAt(actorMark, time);
  const comparable = isComparable(mark(entityKey.anything()), actor, time);
  const isNewCountry =
    country === undefined || isNewActor ? null : isNew(entityKey.countryOfActor(actor, country));
  return {
    comparable,
    actor_new: isNewActor,
    actor_first_seen: isNewActor ? null : (actorMark?.firstSeen ?? null),
    days_since_change: days ?? null,
    changed_within_days: spansInDays.filter((span) => days !== undefined && days <= span),
    country_new_for_actor: isNewCountry,
    country_new: country === undefined ? null : isNew(entityKey.country(country)),
    countries_before: others,
    new_publishers: unique(
      arns
        .flatMap((arn) => parseLayerArn(arn)?.account ?? [])
        .filter((account) => isNew(entityKey.publisher(account))),
    ),
    new_layers: unique(
      arns
        .filter((arn) => parseLayerArn(arn) !== undefined && isNew(entityKey.layer(bareLayer(arn))))
        .map(bareLayer),
    ),
    actor_words: isNewActor ? firstWords(comparable) : actorWords(days, actorMark),
    origin_words: isNewCountry === true ? originWords(others) : null,
  };
}

/** A first is one beside something: of somebody else, or longer ago than what is new. */
function isComparable(first: SeenEntity | undefined, actor: string, time: Date): boolean {
  if (first === undefined || Date.parse(first.firstSeen) >= time.getTime()) return false;
  return first.actor !== actor || !isNewAt(first, time);
}

function firstWords(comparable: boolean): string {
  return comparable
    ? 'first layer change by this actor that Layerwatch has seen'
    : 'nothing to compare with: the first layer change that Layerwatch has seen';
}

function actorWords(days: number | undefined, mark: SeenEntity | undefined): string {
  if (days === undefined) return 'first layer change earlier that day';
  if (days > 90) return `first layer change by this actor in ${days} days`;
  const since = mark === undefined ? '' : `, known since ${mark.firstSeen.slice(0, 10)}`;
  return `last changed layers ${plural(days, 'day')} before${since}`;
}

function originWords(others: readonly string[]): string {
  if (others.length === 0) return 'never seen for this actor';
  return `this actor was only seen from ${others
    .slice(0, 5)
    .map((code) => displayName(countryName(code)))
    .join(', ')} before`;
}

function unique(values: readonly string[]): readonly string[] {
  return [...new Set(values)];
}
