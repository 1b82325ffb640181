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
      'Layer boto-utils:3 from unknown account 999988887777 was added to function payments (2 layers kept) by role ci-deploy from Brazil',
    ],
    [
      'added while others went',
      givenUpdate([foreign]),
      [base, util],
      'Layer boto-utils:3 from unknown account 999988887777 was added to function payments (2 layers removed) by role ci-deploy from Brazil',
    ],
    [
      'version-changed',
      givenUpdate([layerVersion('base', 5), util]),
      [base, util],
      'Layer base of this account was changed from version 4 to 5 on function payments (1 layer kept) by role ci-deploy from Brazil',
    ],
    [
      'before-unknown',
      givenUpdate([base, foreign]),
      undefined,
      'Layer boto-utils:3 from unknown account 999988887777 and 1 more layer were set on function payments (the layers before are not known) by role ci-deploy from Brazil',
    ],
    [
      'reordered',
      givenUpdate([util, base]),
      [base, util],
      'The 2 layers of function payments were put in another order by role ci-deploy from Brazil',
    ],
    [
      'unchanged',
      givenUpdate([base]),
      [base],
      'The layer of function payments was set again unchanged by role ci-deploy from Brazil',
    ],
    [
      'removed',
      givenUpdate([base]),
      [base, util],
      'Layer util:2 of this account was removed from function payments (1 layer kept) by role ci-deploy from Brazil',
    ],
    [
      'removed, the list before unknown',
      givenUpdate([]),
      undefined,
      'Function payments was set to have no layers by role ci-deploy from Brazil',
    ],
    [
      'no-layers',
      givenUpdate(undefined, answering([base])),
      [base],
      'The configuration of function payments was changed without touching its layers by role ci-deploy from Brazil',
    ],
    [
      'unseen-change',
      givenUpdate(undefined, answering([base, foreign])),
      [base],
      'Function payments has layers that no known call set, found by a call without layers by role ci-deploy from Brazil',
    ],
    [
      'published',
      givenPublish('util', 3),
      undefined,
      'Version 3 of layer util was published by role ci-deploy from Brazil',
    ],
    [
      'unreadable',
      givenUpdate(undefined, { requestParameters: { omitted: true } }),
      undefined,
      'The layers of function payments may have been changed (the record does not say) by role ci-deploy from Brazil',
    ],
  ])(
    'given %s, then one sentence says what, on what, by whom and from where',
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
      'Version 3 of layer util was published by role ci-deploy from Brazil, outside working hours',
    );
  });

  test('given a name that continues our sentence, then the quotes hold it', () => {
    const record = givenUpdate([foreign], {}, 'x" was not changed. All is well - low (0)\n');
    expect(sentence(record)).toContain(
      'function "payments"'.replace('payments', 'x\\u{22} was not changed. All is well - low (0)\\u{a}'),
    );
  });
});
