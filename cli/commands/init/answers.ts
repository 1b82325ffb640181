import { parseSettings } from '../../../config/schema';
import { property, text } from '../../../lambda/detection/json';
import { type Weekday, weekdays } from '../../../lambda/detection/settings';
import { quoted } from '../../../lambda/text/untrusted-text';
import { UsageError } from '../../errors';

/** Longest part of an answer that an error repeats, in UTF-16 units. */
const maxShownLength = 80;

/** Keys of the configuration with their values, as the file has them. */
export type Configuration = Readonly<Record<string, unknown>>;

/** An answer that leaves a key out. */
const none = 'none';

/** A key of the configuration that a person gives in one line. */
export interface Setting {
  readonly key: 'email' | 'slack' | 'workingHours';
  readonly question: string;
  readonly example: string;
  /** The value of the key; `undefined` for a line that is not of the form of the example. */
  readonly read: (line: string) => unknown;
  /** The line of a value; `undefined` for a value that no line gives. */
  readonly show: (value: unknown) => string | undefined;
}

export const settings: readonly Setting[] = [
  {
    key: 'email',
    question: 'Email address that receives alerts',
    example: 'security@example.com',
    read: (line) => line,
    show: text,
  },
  {
    key: 'slack',
    question: 'Slack channel, as ids of workspace and channel',
    example: 'T0123ABCD/C0123ABCD',
    read: readSlack,
    show: (value) => joined(value, ['workspaceId', 'channelId'], '/'),
  },
  {
    key: 'workingHours',
    question: 'Working hours',
    example: 'mon-fri 08:00-19:00 Europe/Paris',
    read: readWorkingHours,
    show: showWorkingHours,
  },
];

/**
 * The key with the value that a line gives it; `undefined` is a key that is left out.
 *
 * @throws {UsageError} for a line that is not of the form of the example
 * @throws {SettingsError} for a value that the configuration does not take
 */
export function answerTo({ key, example, read }: Setting, line: string, today: string): Configuration {
  if (line.toLowerCase() === none) return { [key]: undefined };
  const value = read(line);
  if (value === undefined)
    throw new UsageError(`${key} is ${quoted(line, maxShownLength)}; write it as in: ${example}`);
  parseSettings({ [key]: value }, today);
  return { [key]: value };
}

/** The configuration without the keys that are left out. */
export function withoutAbsent(configuration: Configuration): Configuration {
  return Object.fromEntries(Object.entries(configuration).filter(([, value]) => value !== undefined));
}

function readSlack(line: string): unknown {
  const [workspaceId, channelId, ...others] = line.split('/').map((id) => id.trim());
  return channelId === undefined || others.length > 0 ? undefined : { workspaceId, channelId };
}

/** The zone of this machine where none is given. */
function readWorkingHours(line: string): unknown {
  const form = /^(?<days>\S+) +(?<from>[\d:]+) ?- ?(?<to>[\d:]+)(?: +(?<timeZone>\S+))?$/;
  const parts = form.exec(line)?.groups;
  if (parts === undefined) return undefined;
  const { days = '', from, to, timeZone = Intl.DateTimeFormat().resolvedOptions().timeZone } = parts;
  return { timeZone, days: [...new Set(days.toLowerCase().split(',').flatMap(daysOf))], from, to };
}

/** A day, or all days from one to another; a word that is none stays as it is. */
function daysOf(word: string): readonly string[] {
  const [first, last] = word.split('-').map((day) => weekdays.indexOf(day as Weekday));
  if (first === undefined || last === undefined || first < 0 || last < 0) return [word];
  const count = ((last - first + weekdays.length) % weekdays.length) + 1;
  return [...weekdays, ...weekdays].slice(first, first + count);
}

function showWorkingHours(value: unknown): string | undefined {
  const times = joined(value, ['from', 'to'], '-');
  const zone = text(property(value, 'timeZone'));
  const days = property(value, 'days');
  if (times === undefined || zone === undefined || !Array.isArray(days)) return undefined;
  return `${days.join(',')} ${times} ${zone}`;
}

function joined(value: unknown, keys: readonly string[], separator: string): string | undefined {
  const texts = keys.map((key) => text(property(value, key)));
  return texts.every((each) => each !== undefined) ? texts.join(separator) : undefined;
}
