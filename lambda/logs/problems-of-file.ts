/** The place of a problem that a file has as a whole. */
export const wholeFile = 'whole';

/** What is wrong in one file, in one or more places. */
export interface ProblemGroup {
  /** The place, or the number of places and the first of them. */
  readonly place: string;
  readonly reason: string;
  readonly count: number;
}

/** Places of one reason that are named. */
const maxPlaces = 3;

/** A damaged file can have any number of different reasons. */
const maxReasons = 20;

interface Group {
  readonly reason: string;
  readonly places: string[];
  count: number;
}

/** Collects the problems of one file by their reason: a thousand places of one reason make one line. */
export class ProblemsOfFile {
  count = 0;
  private readonly groups = new Map<string, Group>();

  add(place: string, reason: string): void {
    this.count++;
    const group = this.groupOf(reason);
    group.count++;
    if (group.places.length < maxPlaces) group.places.push(place);
  }

  /** In the order of their first places. */
  grouped(): readonly ProblemGroup[] {
    return [...this.groups.values()].map(({ reason, places, count }) => ({
      place: formatPlaces(places, count),
      reason,
      count,
    }));
  }

  private groupOf(reason: string): Group {
    const known = this.groups.get(reason);
    if (known !== undefined) return known;
    const isLast = this.groups.size >= maxReasons;
    const key = isLast ? 'could not be read, for other reasons' : reason;
    const group = this.groups.get(key) ?? { reason: key, places: [], count: 0 };
    this.groups.set(key, group);
    return group;
  }
}

function formatPlaces(places: readonly string[], count: number): string {
  if (count === 1) return places.join('');
  return `${count} places (${places.join('; ')}${count > places.length ? '; ...' : ''})`;
}
