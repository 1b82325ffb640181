import { closest } from 'fastest-levenshtein';
import type { BaseIssue, GenericIssue } from 'valibot';
import { LayerwatchError } from '../lambda/errors';

/** One thing that is wrong with a configuration. */
export interface SettingsProblem {
  /** Path of the key, for example `exceptions[0].expires`; empty for the configuration as a whole. */
  readonly key: string;
  /** A sentence that names the key, the value and what is allowed. */
  readonly text: string;
}

export type SettingsErrorCode = 'settings-invalid' | 'settings-unreadable';

/** A configuration that is refused; the message lists every problem, one a line. */
export class SettingsError extends LayerwatchError {
  override readonly name = 'SettingsError';
  readonly code: SettingsErrorCode;
  readonly problems: readonly SettingsProblem[];

  constructor(code: SettingsErrorCode, problems: readonly SettingsProblem[], options?: ErrorOptions) {
    super(problems.map((problem) => problem.text).join('\n'), options);
    this.code = code;
    this.problems = problems;
  }
}

/** The parts of a valibot schema that say which keys an object may have. */
interface Shape {
  readonly type: string;
  readonly message?: unknown;
  readonly entries?: Readonly<Record<string, Shape>>;
  readonly item?: Shape;
  readonly wrapped?: Shape;
}

type Path = readonly (string | number)[];

/** valibot stops at an object's first unknown key and reads an array as an object, so both are looked for apart. */
export function structureProblems(shape: Shape, value: unknown, path: Path = []): SettingsProblem[] {
  if (shape.wrapped !== undefined) return structureProblems(shape.wrapped, value, path);
  if (Array.isArray(value)) return arrayProblems(shape, value, path);
  if (shape.entries === undefined || !isPlainObject(value)) return [];
  const { entries } = shape;
  const known = Object.keys(entries);
  return Object.entries(value).flatMap(([key, inner]) => {
    const entry = Object.hasOwn(entries, key) ? entries[key] : undefined;
    const innerPath = [...path, key];
    return entry === undefined
      ? [unknownKey(innerPath, key, known)]
      : structureProblems(entry, inner, innerPath);
  });
}

function arrayProblems(shape: Shape, value: readonly unknown[], path: Path): SettingsProblem[] {
  if (shape.entries !== undefined) return [wrongValue(path, value, String(shape.message))];
  const { item } = shape;
  return item === undefined
    ? []
    : value.flatMap((inner, index) => structureProblems(item, inner, [...path, index]));
}

function unknownKey(path: Path, key: string, known: readonly string[]): SettingsProblem {
  const name = printable(keyPath(path));
  return { key: name, text: `${name} is not known; the nearest known key is ${closest(key, known)}` };
}

export function problemOf(issue: BaseIssue<unknown> | GenericIssue): SettingsProblem {
  const path = (issue.path ?? []).map((item) => item.key as string | number);
  const missing = issue.path?.at(-1)?.origin === 'key' && issue.input === undefined;
  if (!missing) return wrongValue(path, issue.input, issue.message);
  const key = keyPath(path);
  return { key, text: `${key} is missing; needed: ${issue.message}` };
}

export function wrongValue(path: Path, value: unknown, allowed: string): SettingsProblem {
  const key = printable(keyPath(path));
  const name = key === '' ? 'the configuration' : key;
  return { key, text: `${name} is ${shown(value)}; allowed: ${allowed}${tokenHint(value)}` };
}

/** What CDK puts in the place of a value that it knows only when it deploys. */
function tokenHint(value: unknown): string {
  return typeof value === 'string' && value.includes('${Token[')
    ? '; CDK knows this one only when it deploys: write it out, or give the construct the bus or key itself (findingsBus, encryptionKey)'
    : '';
}

export function isPlainObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function keyPath(path: Path): string {
  return path.reduce<string>((text, part) => {
    if (typeof part === 'number') return `${text}[${part}]`;
    return text === '' ? part : `${text}.${part}`;
  }, '');
}

const maxShownLength = 80;

/** A value on one line, cut; what a terminal would act on is written as its code. */
function shown(value: unknown): string {
  const text = printable(JSON.stringify(value) ?? String(value));
  return text.length <= maxShownLength
    ? text
    : `${text.slice(0, maxShownLength)}... (${text.length} characters)`;
}

function printable(text: string): string {
  return text.replace(
    /[\p{C}\u2028\u2029]/gu,
    (character) => `\\u{${character.codePointAt(0)?.toString(16)}}`,
  );
}
