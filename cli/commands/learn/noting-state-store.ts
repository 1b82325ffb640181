import type { FunctionArn } from '../../../lambda/detection/brands';
import type { FunctionHistory } from '../../../lambda/detection/history';
import { afterSighting, type SeenEntity, type Sighting } from '../../../lambda/detection/seen-entity';
import { LevelStateStore } from '../../embedded/level-state-store';

/** What was seen, by its key. */
export type Seen = ReadonlyMap<string, SeenEntity>;

/** The embedded state, which keeps apart what each actor showed, and lists the functions. */
export class NotingStateStore extends LevelStateStore {
  private readonly byActor = new Map<string, Map<string, SeenEntity>>();
  private readonly functionArns = new Set<FunctionArn>();

  override async remember(sightings: readonly Sighting[]): Promise<void> {
    for (const sighting of sightings) this.note(sighting);
    await super.remember(sightings);
  }

  override async setHistory(
    functionArn: FunctionArn,
    read: FunctionHistory,
    next: FunctionHistory,
  ): Promise<'written' | 'conflict'> {
    this.functionArns.add(functionArn);
    return super.setHistory(functionArn, read, next);
  }

  /** What each actor showed. */
  get seenByActor(): ReadonlyMap<string, Seen> {
    return this.byActor;
  }

  allHistories(): Promise<ReadonlyMap<FunctionArn, FunctionHistory>> {
    return this.histories([...this.functionArns]);
  }

  private note(sighting: Sighting): void {
    const actor = sighting.actor ?? '';
    const seen = this.byActor.get(actor) ?? new Map<string, SeenEntity>();
    this.byActor.set(actor, seen);
    const next = afterSighting(seen.get(sighting.key), sighting);
    if (next !== undefined) seen.set(sighting.key, next);
  }
}
