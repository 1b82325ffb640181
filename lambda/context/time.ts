import type { TimeContext } from '../detection/context-document';
import type { CloudTrailRecord } from '../detection/record';
import { type WorkingHours, weekdays } from '../detection/settings';
import { formatLocalTime, type LocalTime, localTime } from '../text/time';
import type { ContextStep } from './context-step';

export function timeStep(workingHours: WorkingHours | undefined): ContextStep {
  return { name: 'time', run: (record) => ({ time: describeTime(record, workingHours) }) };
}

/** When it happened, in the zone of the working hours (UTC where none are configured), and whether somebody works then. */
export function describeTime(
  { eventTime }: CloudTrailRecord,
  workingHours: WorkingHours | undefined,
): TimeContext {
  const timeZone = workingHours?.timeZone ?? 'UTC';
  if (eventTime === undefined)
    return { words: 'time not in the record', time_zone: timeZone, outside_working_hours: null };
  const local = localTime(eventTime, timeZone);
  return {
    words: formatLocalTime(local, timeZone),
    time_zone: timeZone,
    outside_working_hours: workingHours === undefined ? null : !isWorkingTime(local, workingHours),
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
