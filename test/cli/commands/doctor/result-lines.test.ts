import {
  type CheckOutcome,
  type CheckResult,
  failed,
  ok,
  skipped,
  warning,
} from '../../../../cli/commands/doctor/check';
import { resultLines } from '../../../../cli/commands/doctor/result-lines';
import { checkGroups } from '../../../../cli/commands/doctor/run-doctor';

const check = (name: string) => ({ name, run: () => Promise.reject(new Error('not asked')) });
const groups = [
  { name: 'Events', checks: [check('trail'), check('rule')] },
  { name: 'Queues', checks: [check('queue')] },
];

function lines(trail: CheckOutcome, rule: CheckOutcome, queue: CheckOutcome): readonly string[] {
  const results: readonly CheckResult[] = [
    { check: 'trail', ...trail },
    { check: 'rule', ...rule },
    { check: 'queue', ...queue },
  ];
  return resultLines(groups, results);
}

test('given no problem, then each group has its checks', () => {
  expect(lines(ok('logs'), ok('enabled'), skipped('not configured'))).toEqual([
    'Events',
    'ok      trail  logs',
    'ok      rule   enabled',
    '',
    'Queues',
    'skipped queue  not configured',
  ]);
});

test('given problems, then failures and warnings come first, each with its fix', () => {
  expect(lines(warning('late', 'wait'), ok('enabled'), failed('1 event', 'run redrive'))).toEqual([
    'failed  queue  1 event',
    '        Fix: run redrive',
    'warning trail  late',
    '        Fix: wait',
    '',
    'Events',
    'ok      rule   enabled',
  ]);
});

describe('given a terminal of 60 columns', () => {
  const fix = 'deploy the forwarder there, or set trailBucket, which needs none';
  const command = 'aws events enable-rule --event-bus-name default --name Layerwatch-Rule-1';
  const found = 'none of 2 accounts: 210987654321 eu-west-3, 310987654321 eu-west-3';
  const narrow = (text: string, how: string) =>
    resultLines(groups, [{ check: 'trail', ...failed(text, how) }], 60);

  test('then what was found and the fix are wrapped below the check', () => {
    expect(narrow(found, fix)).toEqual([
      'failed  trail',
      '        none of 2 accounts: 210987654321 eu-west-3,',
      '          310987654321 eu-west-3',
      '        Fix: deploy the forwarder there, or set trailBucket,',
      '          which needs none',
    ]);
  });

  test('then what fits stays on the line of the check', () => {
    expect(narrow('logs', 'wait')[0]).toBe('failed  trail  logs');
  });

  test('then a command stays whole', () => {
    expect(narrow('late', command)).toContain(`        Fix: ${command}`);
  });
});

test('given text that a terminal acts on, then it is shown as its code', () => {
  expect(lines(failed('\u001b[2J', '\u202e'), ok(''), ok(''))).toEqual(
    expect.arrayContaining(['failed  trail  \\u{1b}[2J', '        Fix: \\u{202e}']),
  );
});

test('given the groups, then no check has the name of another', () => {
  const names = checkGroups.flatMap(({ checks }) => checks.map(({ name }) => name));
  expect(new Set(names).size).toBe(names.length);
});
