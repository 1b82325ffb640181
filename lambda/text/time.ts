/** The parts of a time on a wall clock. */
export interface LocalTime {
  /** `Tue` */
  readonly weekday: string;
  readonly day: string;
  /** `Oct` */
  readonly month: string;
  readonly year: string;
  /** `HH:MM:SS`. */
  readonly time: string;
}

/** Kept, because making one takes longer than using it a hundred times; a deployment has one time zone. */
const formats = new Map<string, Intl.DateTimeFormat>();

function formatOf(timeZone: string): Intl.DateTimeFormat {
  const known = formats.get(timeZone);
  if (known !== undefined) return known;
  const format = new Intl.DateTimeFormat('en-GB', {
    timeZone,
    weekday: 'short',
    day: 'numeric',
    month: 'short',
    year: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
    hourCycle: 'h23',
  });
  formats.set(timeZone, format);
  return format;
}

/**
 * The time on the clocks of an IANA zone.
 *
 * @throws {RangeError} for a zone that does not exist
 */
export function localTime(time: Date, timeZone: string): LocalTime {
  const parts = new Map(
    formatOf(timeZone)
      .formatToParts(time)
      .map(({ type, value }) => [type, value]),
  );
  const part = (type: Intl.DateTimeFormatPartTypes) => parts.get(type) ?? '';
  return {
    weekday: part('weekday'),
    day: part('day'),
    // Three letters for every month: this locale has `Sept`.
    month: part('month').slice(0, 3),
    year: part('year'),
    time: `${part('hour')}:${part('minute')}:${part('second')}`,
  };
}

/**
 * `Tue 6 Oct 2026 23:14:05 Europe/Paris`.
 *
 * @throws {RangeError} for a zone that does not exist, or a time that is none
 */
export function formatTime(time: Date, timeZone: string): string {
  return formatLocalTime(localTime(time, timeZone), timeZone);
}

/** The same of a time whose parts are known. */
export function formatLocalTime(local: LocalTime, timeZone: string): string {
  return `${local.weekday} ${local.day} ${local.month} ${local.year} ${local.time} ${timeZone}`;
}
