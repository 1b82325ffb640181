import { routesOf } from '../../lambda/detection/routes';
import type { Route } from '../../lambda/detection/settings';
import { findingOf } from '../fixtures/finding';
import { account, givenUpdate, layerVersion } from '../fixtures/records';

const high = findingOf(givenUpdate([layerVersion('boto-utils', 3, '999988887777')]));
const low = findingOf(givenUpdate(undefined));
const accountUnits = new Map([[account, 'payments']]);

const settings = (routes: readonly Route[], routing: 'first' | 'all' = 'first') => ({
  routes,
  routing,
  accountUnits,
});

test.each<[string, Route, readonly string[]]>([
  ['its account', { name: 'r', accounts: [account] }, ['r']],
  ['another account', { name: 'r', accounts: ['999988887777'] }, ['alert-topic']],
  ['its unit', { name: 'r', units: ['payments'] }, ['r']],
  ['another unit', { name: 'r', units: ['web'] }, ['alert-topic']],
  ['its band', { name: 'r', minimumBand: 'high' }, ['r']],
  ['a higher band', { name: 'r', minimumBand: 'critical' }, ['alert-topic']],
  ['its account and another unit', { name: 'r', accounts: [account], units: ['web'] }, ['alert-topic']],
  ['no condition', { name: 'r' }, ['r']],
])('given a route for %s, then the notification goes where it says', (_, route, expected) => {
  expect(routesOf(high, settings([route]))).toEqual(expected);
});

test('given no route, then the alert topic has it', () => {
  expect(routesOf(low, settings([]))).toEqual(['alert-topic']);
});

test('given several that fit, then the first has it alone, or all of them and the alert topic', () => {
  const routes = [{ name: 'a', minimumBand: 'critical' as const }, { name: 'b' }, { name: 'c' }];
  expect(routesOf(high, settings(routes))).toEqual(['b']);
  expect(routesOf(high, settings(routes, 'all'))).toEqual(['alert-topic', 'b', 'c']);
});

test('given an account without a unit, then a route for a unit does not fit', () => {
  const none = { ...settings([{ name: 'r', units: ['payments'] }]), accountUnits: new Map() };
  expect(routesOf(high, none)).toEqual(['alert-topic']);
});
