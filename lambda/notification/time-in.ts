import type { FindingDocument } from '../detection/finding-document';
import { formatTime } from '../text/time';
import { escapeForDisplay } from '../text/untrusted-text';

/**
 * A time of a finding on the one clock that its message uses, with the zone: `Tue 6 Oct 2026 23:14:05 Europe/Paris`. A document from a
 * file may hold anything, so what is no time stays as it is, and a zone that does not exist is UTC.
 *
 * @param time ISO 8601
 */
export function timeIn({ layerwatch }: Pick<FindingDocument, 'layerwatch'>, time: string): string {
  const date = new Date(time);
  if (Number.isNaN(date.getTime())) return escapeForDisplay(time, 40);
  const timeZone = layerwatch.context.time?.time_zone ?? 'UTC';
  try {
    return formatTime(date, timeZone);
  } catch (error) {
    if (error instanceof RangeError) return formatTime(date, 'UTC');
    throw error;
  }
}
