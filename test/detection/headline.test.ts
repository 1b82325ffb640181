import { findingOf } from '../fixtures/finding';
import { answering, givenPublish, givenUpdate, layerVersion } from '../fixtures/records';

const [base, util] = [layerVersion('base', 4), layerVersion('util', 2)];
const foreign = layerVersion('boto-utils', 3, '999988887777');

function sentence(...given: Parameters<typeof findingOf>): string {
  return findingOf(...given).message;
}

describe('the headline', () => {
  test.each([
    [
      'added',
      givenUpdate([base, util, foreign]),
      [base, util],
      'Unknown account 999988887777 layer "boto-utils:3" was added to function "payments" (2 layers kept) by role ci-deploy from Brazil - high (51)',
    ],
    [
      'added while others went',
      givenUpdate([foreign]),
      [base, util],
      'Unknown account 999988887777 layer "boto-utils:3" was added to function "payments" (2 layers taken off) by role ci-deploy from Brazil - high (51)',
    ],
    [
      'version-changed',
      givenUpdate([layerVersion('base', 5), util]),
      [base, util],
      'Own account layer "base" went from version 4 to 5 on function "payments" (1 layer kept) by role ci-deploy from Brazil - low (21)',
    ],
    [
      'before-unknown',
      givenUpdate([base, foreign]),
      undefined,
      'Unknown account 999988887777 layer "boto-utils:3" and 1 more layer were set on function "payments" (the layers before are not known) by role ci-deploy from Brazil - high (51)',
    ],
    [
      'reordered',
      givenUpdate([util, base]),
      [base, util],
      'The 2 layers of function "payments" were put in another order by role ci-deploy from Brazil - low (21)',
    ],
    [
      'unchanged',
      givenUpdate([base]),
      [base],
      'The 1 layer of function "payments" was sent again unchanged by role ci-deploy from Brazil - low (21)',
    ],
    [
      'removed',
      givenUpdate([base]),
      [base, util],
      'Own account layer "util:2" was taken off function "payments" (1 layer kept) by role ci-deploy from Brazil - low (21)',
    ],
    [
      'removed, the list before unknown',
      givenUpdate([]),
      undefined,
      'The call leaves no layers on function "payments" by role ci-deploy from Brazil - low (21)',
    ],
    [
      'no-layers',
      givenUpdate(undefined, answering([base])),
      [base],
      'Function "payments" was changed without its layers by role ci-deploy from Brazil - low (21)',
    ],
    [
      'unseen-change',
      givenUpdate(undefined, answering([base, foreign])),
      [base],
      'Function "payments" has other layers than any known call set; a call without layers showed it by role ci-deploy from Brazil - high (51)',
    ],
    [
      'published',
      givenPublish('util', 3),
      undefined,
      'Version 3 of layer "util" was published by role ci-deploy from Brazil - low (21)',
    ],
    [
      'unreadable',
      givenUpdate(undefined, { requestParameters: { omitted: true } }),
      undefined,
      'The layers of function "payments" may have been changed (the record does not tell) by role ci-deploy from Brazil - medium (31)',
    ],
  ])(
    'given %s, then one sentence says what, on what, by whom, from where and how bad',
    (_, record, before, expected) => {
      expect(sentence(record, {}, before === undefined ? {} : { before })).toBe(expected);
    },
  );

  test('given an hour in which nobody works, then it says so', () => {
    const workingHours = {
      timeZone: 'Europe/Paris',
      days: ['mon', 'tue'],
      from: '08:00',
      to: '19:00',
    } as const;
    expect(sentence(givenPublish('util', 3), { workingHours })).toBe(
      'Version 3 of layer "util" was published by role ci-deploy from Brazil, outside working hours - medium (31)',
    );
  });

  test('given a name that continues our sentence, then the quotes hold it', () => {
    const record = givenUpdate([foreign], {}, 'x" was not changed. All is well - low (0)\n');
    expect(sentence(record)).toContain(
      'function "payments"'.replace('payments', 'x\\u{22} was not changed. All is well - low (0)\\u{a}'),
    );
  });
});
