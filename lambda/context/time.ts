import type { TimeContext } from '../detection/context-document';
import type { CloudTrailRecord } from '../detection/record';
import { type WorkingHours, weekdays } from '../detection/settings';
import type { ContextStep } from './context-step';

export function timeStep(workingHours: WorkingHours | undefined): ContextStep {
  return { name: 'time', run: (record) => ({ time: describeTime(record, workingHours) }) };
}

/** When it happened, in the zone of the working hours (UTC where none are configured), and whether somebody works then. */
export function describeTime(
  { eventTime }: CloudTrailRecord,
  workingHours: WorkingHours | undefined,
): TimeContext {
  if (eventTime === undefined) return { words: 'time not in the record', outside_working_hours: null };
  const timeZone = workingHours?.timeZone ?? 'UTC';
  const local = localTime(eventTime, timeZone);
  const words = `${local.weekday} ${local.day} ${local.month} ${local.year} ${local.time} ${timeZone}`;
  return {
    words,
    outside_working_hours: workingHours === undefined ? null : !isWorkingTime(local, workingHours),
  };
}

interface LocalTime {
  readonly weekday: string;
  readonly day: string;
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

function localTime(time: Date, timeZone: string): LocalTime {
  const format = formatOf(timeZone);
  const parts = new Map(format.formatToParts(time).map(({ type, value }) => [type, value]));
  const part = (type: Intl.DateTimeFormatPartTypes) => parts.get(type) ?? '';
  return {
    weekday: part('weekday'),
    day: part('day'),
    month: part('month'),
    year: part('year'),
    time: `${part('hour')}:${part('minute')}:${part('second')}`,
  };
}

/** Hours that end before they begin run past midnight; the morning then belongs to the day on which they began. */
function isWorkingTime(local: LocalTime, hours: WorkingHours): boolean {
  const now = local.time.slice(0, 5);
  const today = (weekdays as readonly string[]).indexOf(local.weekday.toLowerCase());
  const worksOn = (day: number) => hours.days.some((working) => working === weekdays[(day + 7) % 7]);
  if (hours.from < hours.to) return worksOn(today) && now >= hours.from && now < hours.to;
  return (worksOn(today) && now >= hours.from) || (worksOn(today - 1) && now < hours.to);
}
