import { readHeartbeat } from '../../lambda/detection/heartbeat';

const event = {
  source: 'aws.events',
  'detail-type': 'Scheduled Event',
  account: '210987654321',
  region: 'eu-west-3',
  resources: ['arn:aws:events:eu-west-3:210987654321:rule/LayerwatchForwarderHeartbeat'],
};

test('given the event of a forwarder, then its account and region are read', () => {
  expect(readHeartbeat(event)).toEqual({ account: '210987654321', region: 'eu-west-3' });
});

test.each<[string, unknown]>([
  ['another source', { ...event, source: 'custom' }],
  ['another type', { ...event, 'detail-type': 'AWS API Call via CloudTrail' }],
  ['another rule', { ...event, resources: ['arn:aws:events:eu-west-3:210987654321:rule/Other'] }],
  [
    'a rule whose name ends alike',
    { ...event, resources: ['arn:aws:events:eu-west-3:1:rule/x/LayerwatchForwarderHeartbeat2'] },
  ],
  ['no rule', { ...event, resources: [] }],
  ['no resources', { ...event, resources: undefined }],
  ['a longer account', { ...event, account: '2109876543210' }],
  ['letters before the account', { ...event, account: 'x210987654321' }],
  ['no account', { ...event, account: undefined }],
  ['no region', { ...event, region: undefined }],
  ['a region that is none', { ...event, region: 'x' }],
  ['no event', null],
])('given %s, then it is no sign of a forwarder', (_, value) => {
  expect(readHeartbeat(value)).toBeUndefined();
});
