import { ownerOf } from '../../lambda/detection/owners';
import { findingOf } from '../fixtures/finding';
import { givenUpdate } from '../fixtures/records';

const account = '123456789012';
const owners = new Map([
  [account, 'platform team'],
  ['pay', 'payments team'],
  ['payments-fraud', 'fraud team'],
  ['__proto__', 'nobody'],
]);

function owner(name: string | undefined, type: 'function' | 'layer' = 'function', of = account) {
  return ownerOf({ type, name, account: of, arn: undefined, region: undefined }, { owners });
}

describe('the owner of a target', () => {
  test.each([
    ['a function by the beginning of its name', owner('payments'), 'payments team'],
    ['the longest beginning', owner('payments-fraud-check'), 'fraud team'],
    ['the account, where no beginning fits', owner('orders'), 'platform team'],
    ['the account, where the name is not known', owner(undefined), 'platform team'],
    ['the account of a layer, whatever its name', owner('payments', 'layer'), 'platform team'],
    ['nobody, in another account', owner('orders', 'function', '210987654321'), undefined],
    [
      'no account where a function is named like one',
      owner(`${account}x`, 'function', '210987654321'),
      undefined,
    ],
  ])('is %s', (_, found, expected) => {
    expect(found).toBe(expected);
  });

  test('given an owner, then the finding has it', () => {
    expect(findingOf(givenUpdate([]), { owners }).layerwatch.target.owner).toBe('payments team');
  });
});
