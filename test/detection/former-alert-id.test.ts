import { alertIdFor } from '../../lambda/detection/alert-id';
import type { Asked, Call } from '../../lambda/detection/call';
import { formerAlertIdOf } from '../../lambda/detection/former-alert-id';
import { parseRecord } from '../../lambda/detection/record';
import { givenUpdate } from '../fixtures/records';

const parsed = parseRecord(givenUpdate([]));
if (parsed.kind !== 'record') throw new Error(parsed.reason);
const { record } = parsed;

const callOf = (asked: Asked): Call => ({
  target: { type: 'layer', arn: 'arn', name: 'util', account: '1', region: 'eu-west-3' },
  asked,
  problems: [],
});

test.each<[string, Asked, string]>([
  ['a publish', { kind: 'publish', layerVersionArn: 'a:3', version: '3' }, 'publish util'],
  [
    'tampering',
    { kind: 'tampering', action: 'StopLogging', layers: undefined },
    'tampering StopLogging util',
  ],
  ['an unreadable call', { kind: 'unreadable', layers: ['b', 'a'] }, 'unreadable ["a","b"]'],
])('given %s, then its former id is that of what was folded', (_, asked, key) => {
  expect(formerAlertIdOf(record, callOf(asked), 60)).toBe(alertIdFor(key, record, callOf(asked), 60));
});

test.each<Asked>([{ kind: 'layers', layers: [] }, { kind: 'no-layers' }])(
  'given %j, then there is no former id',
  (asked) => {
    expect(formerAlertIdOf(record, callOf(asked), 60)).toBeUndefined();
  },
);
