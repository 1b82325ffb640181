import stringWidth from 'string-width';
import { escapeForDisplay } from '../../../lambda/text/untrusted-text';
import { type Style, styled } from '../../output/style';
import { wrapLine } from '../../output/wrap';
import type { Check, CheckResult, CheckStatus } from './check';

/** Checks of one part of the stack. */
export interface CheckGroup {
  readonly name: string;
  readonly checks: readonly Check[];
}

/** Longest part of a line, in UTF-16 units. */
const maxLength = 500;

const styleOfStatus: Readonly<Record<CheckStatus, Style>> = {
  ok: 'green',
  warning: 'yellow',
  failed: 'red',
  skipped: 'dim',
};

/** What a command to paste begins with: a line break would end it. */
const commandStart = /^(?:aws|npx|layerwatch) /;

/**
 * What needs a hand comes first, each with its fix, and the other results follow by group.
 *
 * @param columns of the terminal; `undefined` where there is none, and then no line is broken
 */
export function resultLines(
  groups: readonly CheckGroup[],
  results: readonly CheckResult[],
  columns?: number,
): readonly string[] {
  const width = Math.max(0, ...results.map(({ check }) => check.length));
  const line = (result: CheckResult) => formatResult(result, width, columns);
  const ofStatus = (status: CheckStatus) => results.filter((result) => result.status === status);
  const problems = [...ofStatus('failed'), ...ofStatus('warning')];
  const others = groups.flatMap(({ name, checks }) => {
    const names = checks.map((check) => check.name);
    const lines = results.filter((result) => names.includes(result.check) && !problems.includes(result));
    return lines.length === 0 ? [] : ['', styled(name, ['bold']), ...lines.flatMap(line)];
  });
  return problems.length === 0 ? others.slice(1) : [...problems.flatMap(line), ...others];
}

/** What was found stands behind the check, or below it where the line would not fit. */
function formatResult(
  { check, status, found, fix }: CheckResult,
  width: number,
  columns: number | undefined,
): readonly string[] {
  const mark = styled(status.padEnd(8), [styleOfStatus[status]]);
  const text = escapeForDisplay(found, maxLength);
  const fits = columns === undefined || 8 + width + 2 + stringWidth(text) <= columns;
  return [
    ...(fits
      ? [`${mark}${check.padEnd(width)}  ${text}`]
      : [`${mark}${check}`, ...wrapLine(`        ${text}`, columns)]),
    ...(fix === undefined ? [] : fixLines(escapeForDisplay(fix, maxLength), columns)),
  ];
}

function fixLines(fix: string, columns: number | undefined): readonly string[] {
  const line = `        Fix: ${fix}`;
  return commandStart.test(fix) ? [line] : wrapLine(line, columns);
}
