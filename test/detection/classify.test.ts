import { type ClassifyOptions, classify } from '../../lambda/detection/classify';
import {
  account,
  givenCreate,
  givenDelete,
  givenEnvelope,
  givenPublish,
  givenUpdate,
  layerVersion,
} from '../fixtures/records';

const options: ClassifyOptions = { ownAccount: account, ownNamePrefix: 'Layerwatch-' };
const a1 = layerVersion('a', 1);
const stop = {
  ...givenUpdate(),
  eventName: 'StopLogging',
  eventSource: 'cloudtrail.amazonaws.com',
  requestParameters: { name: 'main' },
};

test.each<[string, unknown, string]>([
  ['an update', givenUpdate([a1]), 'layer-call'],
  ['a publish', givenPublish('a', 1), 'layer-call'],
  ['an update in its envelope', givenEnvelope(givenUpdate([a1])), 'layer-call'],
  ['a trail that was stopped', stop, 'tampering'],
  ['an update of a function of Layerwatch', givenUpdate([a1], {}, 'Layerwatch-Detector'), 'tampering'],
  ['a function that was created', givenCreate(), 'function-lifecycle'],
  ['a function that was deleted', givenDelete(), 'function-lifecycle'],
  ['a call that failed', givenUpdate([a1], { errorCode: 'AccessDenied' }), 'no-match'],
  ['a call of another name', { ...givenUpdate(), eventName: 'Invoke' }, 'no-match'],
  ['no record', { hello: 1 }, 'not-cloudtrail'],
  ['an event of another account', { ...givenEnvelope(givenUpdate([a1])), account: '999988887777' }, 'forged'],
  ['tampering that is forged', { ...givenEnvelope(stop), account: '999988887777' }, 'forged'],
])('given %s, then its kind is right', (_, value, kind) => {
  expect(classify(value, options).kind).toBe(kind);
});

test('given a publish, then it is read as one', () => {
  expect(classify(givenPublish('a', 1), options)).toMatchObject({ call: { asked: { kind: 'publish' } } });
});

test('given no match, then the reason says why', () => {
  expect(classify({ ...givenUpdate(), eventName: 'Invoke' }, options)).toHaveProperty('reason');
});

test('given a record that names no account and an envelope of another, then the own account decides', () => {
  const value = {
    ...givenEnvelope(givenUpdate([a1], { recipientAccountId: undefined })),
    account: '999988887777',
  };
  expect([
    classify(value, options).kind,
    classify(value, { ...options, ownAccount: undefined }).kind,
  ]).toEqual(['forged', 'layer-call']);
});

describe('a forged event', () => {
  const forged = (fields: Readonly<Record<string, unknown>>) =>
    classify({ ...givenEnvelope(givenUpdate([a1])), ...fields }, options);

  test('given one, then its call is about the account of the envelope', () => {
    expect(forged({ account: '999988887777' })).toMatchObject({
      call: {
        target: {
          type: 'resource',
          arn: undefined,
          name: 'event of account 999988887777',
          account: '999988887777',
          region: 'eu-west-3',
        },
        asked: { kind: 'tampering', action: 'ForgedEvent', layers: undefined },
      },
    });
  });

  test('given one, then its problem says what does not fit', () => {
    expect(forged({ account: '999988887777' })).toMatchObject({
      call: {
        problems: [
          `the record claims to be of account ${account}, and the event came from account 999988887777`,
        ],
      },
    });
  });

  test('given an envelope without an account, then the account is unknown', () => {
    expect(forged({ account: undefined, source: 'custom' })).toMatchObject({
      call: { target: { name: 'event of account unknown' } },
    });
  });
});
