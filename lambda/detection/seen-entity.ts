/** What is remembered of something that was seen with a layer change: an actor, a country, a publisher, a layer. */
export interface SeenEntity {
  /** ISO 8601 UTC, of the earliest call. */
  readonly firstSeen: string;
  /** Day of the latest call, `YYYY-MM-DD`. */
  readonly lastDay: string;
  /** Latest day before `lastDay`; `undefined` where there was none. */
  readonly dayBefore: string | undefined;
  /** ISO codes of the countries that an actor called from. */
  readonly countries: readonly string[];
  /** Who was seen first: of a layer version, who published it. */
  readonly actor: string | undefined;
}

/** One appearance of what is remembered. */
export interface Sighting {
  readonly key: string;
  readonly time: Date;
  readonly country?: string | undefined;
  readonly actor?: string | undefined;
}

/**
 * What was first seen within this time before a call is still new: a layer that is put on ten functions in a row is as new
 * on the last, and an actor who publishes a layer to attach it is as new at the second call.
 */
export const newnessMinutes = 15;

/** More countries say nothing more about an actor, and keep the item small. */
const maxCountries = 30;

/** The mark after one more sighting; `undefined` where it says nothing new. The order of sightings does not matter. */
export function afterSighting(mark: SeenEntity | undefined, sighting: Sighting): SeenEntity | undefined {
  const seen = sighting.time.toISOString();
  const day = seen.slice(0, 10);
  if (mark === undefined) {
    return {
      firstSeen: seen,
      lastDay: day,
      dayBefore: undefined,
      countries: sighting.country === undefined ? [] : [sighting.country],
      actor: sighting.actor,
    };
  }
  const isEarlier = seen < mark.firstSeen;
  const next = {
    ...mark,
    firstSeen: isEarlier ? seen : mark.firstSeen,
    actor: isEarlier ? sighting.actor : mark.actor,
    ...daysWith(mark, day),
    countries: countriesWith(mark, sighting.country),
  };
  const isNews = isEarlier || next.lastDay !== mark.lastDay;
  const isWider = next.dayBefore !== mark.dayBefore || next.countries.length > mark.countries.length;
  return isNews || isWider ? next : undefined;
}

function daysWith(mark: SeenEntity, day: string): Pick<SeenEntity, 'lastDay' | 'dayBefore'> {
  if (day > mark.lastDay) return { lastDay: day, dayBefore: mark.lastDay };
  const isBetween = day < mark.lastDay && day > (mark.dayBefore ?? '');
  return { lastDay: mark.lastDay, dayBefore: isBetween ? day : mark.dayBefore };
}

function countriesWith({ countries }: SeenEntity, country: string | undefined): readonly string[] {
  if (country === undefined || countries.includes(country) || countries.length >= maxCountries)
    return countries;
  return [...countries, country].sort();
}

/** Whether nothing was seen earlier than `newnessMinutes` before the time. */
export function isNewAt(mark: SeenEntity | undefined, time: Date): boolean {
  return mark === undefined || Date.parse(mark.firstSeen) >= time.getTime() - newnessMinutes * 60_000;
}

/** Days since it was seen on an earlier day; `undefined` where it was not. */
export function daysSinceEarlierDay(mark: SeenEntity | undefined, time: Date): number | undefined {
  const today = time.toISOString().slice(0, 10);
  const earlier = [mark?.lastDay, mark?.dayBefore].find((day) => day !== undefined && day < today);
  if (earlier === undefined) return undefined;
  return Math.round((Date.parse(today) - Date.parse(earlier)) / 86_400_000);
}
