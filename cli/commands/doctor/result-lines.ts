import { escapeForDisplay } from '../../../lambda/text/untrusted-text';
import { type Style, styled } from '../../output/style';
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

/** What needs a hand comes first, each with its fix, and the other results follow by group. */
export function resultLines(
  groups: readonly CheckGroup[],
  results: readonly CheckResult[],
): readonly string[] {
  const width = Math.max(0, ...results.map(({ check }) => check.length));
  const line = (result: CheckResult) => formatResult(result, width);
  const ofStatus = (status: CheckStatus) => results.filter((result) => result.status === status);
  const problems = [...ofStatus('failed'), ...ofStatus('warning')];
  const others = groups.flatMap(({ name, checks }) => {
    const names = checks.map((check) => check.name);
    const lines = results.filter((result) => names.includes(result.check) && !problems.includes(result));
    return lines.length === 0 ? [] : ['', styled(name, ['bold']), ...lines.flatMap(line)];
  });
  return problems.length === 0 ? others.slice(1) : [...problems.flatMap(line), ...others];
}

function formatResult({ check, status, found, fix }: CheckResult, width: number): readonly string[] {
  const mark = styled(status.padEnd(8), [styleOfStatus[status]]);
  return [
    `${mark}${check.padEnd(width)}  ${escapeForDisplay(found, maxLength)}`,
    ...(fix === undefined ? [] : [`        Fix: ${escapeForDisplay(fix, maxLength)}`]),
  ];
}
