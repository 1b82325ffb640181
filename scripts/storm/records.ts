import { createHash } from 'node:crypto';
import { alertIdOf } from '../../lambda/detection/alert-id';
import { readCall } from '../../lambda/detection/call';
import { parseRecord } from '../../lambda/detection/record';
import { matchRule } from '../../lambda/detection/rule';
import { defaultDetectionSettings } from '../../lambda/detection/settings';
import { answering, givenUpdate, layerVersion } from '../../test/fixtures/records';

/** Records of the storms that run where no size is given. */
export const stormSizes = [1_000, 10_000, 100_000] as const;

const functions = 5_000;

/** Every so many records one is delivered twice. */
const duplicateEvery = 20;

/** The storm lasts ten hours, whatever its size, so that every hour and every budget window is full. */
const durationMilliseconds = 10 * 60 * 60_000;
const start = Date.parse('2026-10-06T00:00:00Z');

/**
 * Records of a storm in the order of their times: every function in turn, twenty turns at 100,000 records. Two turns set the
 * same layers, so that the second is a repeat; two change nothing of them; then come other layers.
 */
export function* stormRecords(count: number): Generator<unknown> {
  for (let index = 0; index < count; index++) {
    const record = recordAt(index, count);
    yield record;
    if (index % duplicateEvery === 0) yield record;
  }
}

function recordAt(index: number, count: number): unknown {
  const name = `function-${index % functions}`;
  const turn = Math.floor(index / functions);
  const layers = [layerVersion('base', 1 + (Math.floor(turn / 4) % 3))];
  const fields = {
    eventID: uuidOf(index),
    eventTime: new Date(start + Math.floor((index / count) * durationMilliseconds)).toISOString(),
  };
  return turn % 4 < 2
    ? givenUpdate(layers, fields, name)
    : givenUpdate(undefined, { ...fields, ...answering(layers, name) }, name);
}

function uuidOf(index: number): string {
  const hex = createHash('sha256').update(String(index)).digest('hex');
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20, 32)].join(
    '-',
  );
}

/** What has to come out: how many records each alert counts, by its id. */
export function expectedCounts(count: number): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (let index = 0; index < count; index++) {
    const parsed = parseRecord(recordAt(index, count));
    if (parsed.kind !== 'record') throw new Error(parsed.reason);
    const match = matchRule(parsed.record);
    if (!match.matched) throw new Error(match.reason);
    const call = readCall(parsed.record, match.action);
    const id = alertIdOf(parsed.record, call, defaultDetectionSettings.foldingWindowMinutes);
    counts.set(id, (counts.get(id) ?? 0) + 1);
  }
  return counts;
}
