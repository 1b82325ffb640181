import { alertTable } from '../../../cli/output/alert-table';
import { formatAge } from '../../../cli/output/format';
import { findingOf } from '../../fixtures/finding';
import { givenUpdate, layerVersion } from '../../fixtures/records';

const now = new Date('2026-10-06T23:14:05Z');
const base = layerVersion('base', 4);
const alert = (name: string, before?: readonly string[]) =>
  findingOf(givenUpdate([base], {}, name), {}, before === undefined ? {} : { before });

describe('a table of alerts on a terminal', () => {
  test('given 80 columns, then function and actor are whole, and the age is short', () => {
    const name = 'telemetry-collector';
    const { lines, hidden } = alertTable([alert(name), alert('payments', [])], 80, now);
    expect(lines[0]).toMatch(/^ID +AGE +BAND +CHANGE +TARGET/);
    expect(lines[1]).toContain(` 2h   low 21  before-unknown  ${name}`);
    expect(hidden).toEqual(['OUTCOME', 'ACCOUNT', 'STATUS', 'CHANGE'].slice(0, hidden.length));
    expect(lines.join()).not.toContain('…');
    expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(80);
  });

  test('given columns that say the same in each row, then they are left out before those that differ', () => {
    const open = alert('payments');
    const { layerwatch } = open;
    const closed = { ...open, layerwatch: { ...layerwatch, status: 'closed' as const } };
    expect(alertTable([open, closed], 74, now).hidden).toEqual(['OUTCOME', 'ACCOUNT', 'CHANGE']);
  });

  test('given a person who is assigned, then the table has a column for it', () => {
    const [first, second] = [alert('payments'), alert('orders')];
    const assignees = new Map([[second.layerwatch.alert_id, 'ana\u001b[2J']]);
    const { lines } = alertTable([first, second], undefined, now, assignees);
    expect(lines[0]).toMatch(/ASSIGNED TO$/);
    expect(lines[2]).toMatch(/ {2}ana\\u\{1b\}\[2J$/);
  });

  test('given no room for function and actor, then they are cut', () => {
    const { lines } = alertTable([alert('x'.repeat(64))], 60, now);
    expect(lines[1]).toContain('…');
    expect(lines[1]?.length).toBeLessThanOrEqual(60);
  });

  test('given no terminal, then it has every column, and times of a named zone', () => {
    const { lines, hidden } = alertTable([alert('payments')], undefined);
    expect(lines[0]).toMatch(/^ID +FIRST SEEN \(UTC\) +BAND +STATUS +OUTCOME +CHANGE +TARGET +WHO +ACCOUNT$/);
    expect(hidden).toEqual([]);
  });
});

test.each([
  ['2026-10-06T23:14:04Z', '0m'],
  ['2026-10-06T22:14:06Z', '59m'],
  ['2026-10-06T22:14:05Z', '1h'],
  ['2026-10-05T23:14:06Z', '23h'],
  ['2026-10-05T23:14:05Z', '1d'],
  ['2026-09-07T23:14:05Z', '29d'],
  ['2026-09-06T23:14:05Z', '2026-09-06'],
  ['2026-10-06T23:20:00Z', '0m'],
  ['soon', 'soon'],
])('given an alert of %s, then its age is %s', (time, age) => {
  expect(formatAge(time, now)).toBe(age);
});
