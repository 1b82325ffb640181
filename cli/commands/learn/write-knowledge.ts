import { emptyHistory } from '../../../lambda/detection/history';
import { afterSighting, type SeenEntity, type Sighting } from '../../../lambda/detection/seen-entity';
import { emptyQuery } from '../../../lambda/detection/state-query';
import type { StateStore } from '../../../lambda/ports';
import type { Knowledge } from './knowledge';

/** Items that were written, and those of which the stack knows as much or more. */
export interface Written {
  readonly written: number;
  readonly known: number;
  /** Items that are not written: another writer was first each time, or Ctrl-C came. */
  readonly missing: number;
}

/** Keys of one read, and histories of one read (`StateStore.histories` takes 100). */
const itemsAtOnce = 50;

/** Each round writes one sighting of a key; an actor has two days and 30 countries at most, and writers may meet. */
const maxRounds = 40;

/** Writes what the stack does not know yet. What it knows is only added to, in any order and however often. */
export async function writeKnowledge(
  { sightings, histories }: Knowledge,
  state: StateStore,
  signal: AbortSignal,
): Promise<Written> {
  let [written, known, missing] = [0, 0, 0];
  const add = (result: Written) => {
    written += result.written;
    known += result.known;
    missing += result.missing;
  };
  for (const some of batchesOf([...sightings]))
    add(signal.aborted ? left(some.length) : await writeSightings(new Map(some), state));
  for (const some of batchesOf([...histories]))
    add(signal.aborted ? left(some.length) : await writeHistories(new Map(some), state));
  return { written, known, missing };
}

const left = (missing: number): Written => ({ written: 0, known: 0, missing });

/** Until each sighting is in the mark of its key: a write counts where nobody else wrote since the read. */
async function writeSightings(sightings: Knowledge['sightings'], state: StateStore): Promise<Written> {
  const changed = new Set<string>();
  for (let round = 0; round < maxRounds; round++) {
    const { entities } = await state.recall({ ...emptyQuery, entities: [...sightings.keys()] });
    const next = [...sightings].flatMap(([key, each]) => firstNews(each, entities.get(key)) ?? []);
    if (next.length === 0) return { written: changed.size, known: sightings.size - changed.size, missing: 0 };
    for (const { key } of next) changed.add(key);
    await state.remember(next, entities);
  }
  return { written: 0, known: sightings.size - changed.size, missing: changed.size };
}

function firstNews(sightings: readonly Sighting[], mark: SeenEntity | undefined): Sighting | undefined {
  return sightings.find((sighting) => afterSighting(mark, sighting) !== undefined);
}

/** A function that the stack knows keeps its history: a listing or a call of it is the truth already. */
async function writeHistories(histories: Knowledge['histories'], state: StateStore): Promise<Written> {
  const before = await state.histories([...histories.keys()]);
  const unknown = [...histories].filter(([functionArn]) => !before.has(functionArn));
  const results = await Promise.all(
    unknown.map(([functionArn, history]) => state.setHistory(functionArn, emptyHistory, history)),
  );
  const written = results.filter((result) => result === 'written').length;
  return { written, known: histories.size - written, missing: 0 };
}

function batchesOf<Item>(items: readonly Item[]): readonly (readonly Item[])[] {
  const count = Math.ceil(items.length / itemsAtOnce);
  return Array.from({ length: count }, (_, index) =>
    items.slice(index * itemsAtOnce, (index + 1) * itemsAtOnce),
  );
}
