import { bareLayer, parseLayerArn } from '../../../lambda/detection/arn';
import type { FunctionArn } from '../../../lambda/detection/brands';
import type { FunctionHistory, LayerList } from '../../../lambda/detection/history';
import type { SeenEntity, Sighting } from '../../../lambda/detection/seen-entity';
import { entityKey } from '../../../lambda/detection/state-query';
import type { Seen } from './noting-state-store';
import type { SevereNames } from './severe';

/** What is learned. */
export interface Knowledge {
  /** By the key of what was seen. */
  readonly sightings: ReadonlyMap<string, readonly Sighting[]>;
  readonly histories: ReadonlyMap<FunctionArn, FunctionHistory>;
}

/** What may be learned: nothing of what severe alerts name. */
export function knowledgeOf(
  seenByActor: ReadonlyMap<string, Seen>,
  histories: ReadonlyMap<FunctionArn, FunctionHistory>,
  severe: SevereNames,
): Knowledge {
  const refusedKeys = new Set([
    ...[...severe.publishers.keys()].map(entityKey.publisher),
    ...[...severe.layers.keys()].map(entityKey.layer),
  ]);
  const sightings = new Map<string, Sighting[]>();
  for (const [actor, seen] of seenByActor) {
    if (severe.actors.has(actor)) continue;
    for (const [key, entity] of seen) {
      if (refusedKeys.has(key) || isVersionOf(severe.layers, key)) continue;
      sightings.set(key, [...(sightings.get(key) ?? []), ...sightingsOf(key, entity, actor)]);
    }
  }
  const learned = [...histories].filter(([arn, history]) => !isNamed(arn, history, severe));
  return { sightings, histories: new Map(learned.map(([arn, history]) => [arn, asFirst(history)])) };
}

/** Whether the key is the publication of a version of one of these layers. */
function isVersionOf(layers: SevereNames['layers'], key: string): boolean {
  const prefix = entityKey.published('');
  return key.startsWith(prefix) && layers.has(bareLayer(key.slice(prefix.length)));
}

/** The sightings that make the same mark, in any order. */
function sightingsOf(
  key: string,
  { firstSeen, dayBefore, lastDay, countries }: SeenEntity,
  actor: string,
): readonly Sighting[] {
  const days = [dayBefore, lastDay].filter((day) => day !== undefined && day !== firstSeen.slice(0, 10));
  const times = [new Date(firstSeen), ...days.map((day) => new Date(`${day}T00:00:00.000Z`))];
  const [first = new Date(firstSeen)] = times;
  return [
    ...times.map((time) => ({ key, time, actor })),
    ...countries.map((country) => ({ key, time: first, actor, country })),
  ];
}

/** A function that a severe alert is about, that its actor changed, or that has one of its layers. */
function isNamed(arn: FunctionArn, history: FunctionHistory, severe: SevereNames): boolean {
  const lists = [history.before?.layers, ...history.entries.map(({ layers }) => layers)];
  return (
    severe.functions.has(arn) ||
    history.entries.some(({ actor }) => actor !== undefined && severe.actors.has(actor)) ||
    lists.some((layers) => hasSevereLayer(layers, severe))
  );
}

function hasSevereLayer(layers: LayerList, severe: SevereNames): boolean {
  return (layers ?? []).some(
    (arn) => severe.layers.has(bareLayer(arn)) || severe.publishers.has(parseLayerArn(arn)?.account ?? ''),
  );
}

/** Without records: a call that was learned is not judged again, because it has no alert. */
function asFirst({ entries, before }: FunctionHistory): FunctionHistory {
  return { before, version: 1, entries: entries.map(({ record: _, ...entry }) => entry) };
}
