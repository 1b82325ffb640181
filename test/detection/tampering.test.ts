import type { Ownership } from '../../lambda/detection/own-names';
import { parseRecord } from '../../lambda/detection/record';
import { readTampering } from '../../lambda/detection/tampering';
import { account, functionArn, givenUpdate, layerVersion, region } from '../fixtures/records';

const own: Ownership = {
  ownNamePrefix: 'Layerwatch-',
  ownKeyArn: 'arn:aws:kms:eu-west-3:1:key/abcd',
};
const a1 = layerVersion('a', 1);

type Fields = Readonly<Record<string, unknown>>;

function tampering(
  eventSource: string,
  eventName: string,
  requestParameters: unknown,
  fields: Fields = {},
  known: Ownership = own,
) {
  const value = givenUpdate([], {
    eventSource: `${eventSource}.amazonaws.com`,
    eventName,
    requestParameters,
    responseElements: null,
    ...fields,
  });
  const parsed = parseRecord(value);
  if (parsed.kind !== 'record') throw new Error(parsed.reason);
  return readTampering(parsed.record, known);
}

describe('a call on a trail', () => {
  test('given any trail, then the call is about it', () => {
    expect(tampering('cloudtrail', 'StopLogging', { name: 'main' })).toEqual({
      target: { type: 'trail', arn: undefined, name: 'main', account, region },
      asked: { kind: 'tampering', action: 'StopLogging', layers: undefined },
      problems: [],
    });
  });

  test('given an ARN, then the call is about it', () => {
    const arn = `arn:aws:cloudtrail:${region}:${account}:trail/main`;
    expect(tampering('cloudtrail', 'PutEventSelectors', { trailName: arn })?.target).toMatchObject({
      arn,
      name: arn,
    });
  });

  test('given no name, then the call counts and the trail is not known', () => {
    expect(tampering('cloudtrail', 'StopLogging', {})).toMatchObject({
      target: { name: undefined },
      problems: [],
    });
  });

  test('given parameters that were omitted, then the problem says so', () => {
    expect(tampering('cloudtrail', 'StopLogging', { omitted: true })?.problems).toEqual([
      'requestParameters is omitted by CloudTrail: what the call is about is not known',
    ]);
  });

  test('given no account of the recipient, then it is the caller’s', () => {
    const fields = { recipientAccountId: undefined, userIdentity: { accountId: '210987654321' } };
    expect(tampering('cloudtrail', 'StopLogging', { name: 'main' }, fields)?.target.account).toBe(
      '210987654321',
    );
  });
});

describe('a call on a resource', () => {
  test.each<[string, string, string, unknown]>([
    ['a rule', 'events', 'DisableRule', { name: 'Layerwatch-R' }],
    ['a rule of a target', 'events', 'RemoveTargets', { rule: 'Layerwatch-R' }],
    ['a topic', 'sns', 'DeleteTopic', { topicArn: 'arn:aws:sns:eu-west-3:1:Layerwatch-T' }],
    ['one of a list', 'monitoring', 'DeleteAlarms', { alarmNames: ['other', 'Layerwatch-A'] }],
    ['a stack', 'cloudformation', 'DeleteStack', { stackName: 'Layerwatch' }],
    ['a key', 'kms', 'DisableKey', { keyId: 'abcd' }],
    [
      'a name with a capital letter',
      'chatbot',
      'DeleteSlackChannelConfiguration',
      { ChatConfigurationArn: 'arn:aws:chatbot::1:chat-configuration/slack-channel/Layerwatch-C' },
    ],
  ])('given %s of the stack, then it is tampering', (_, source, name, parameters) => {
    expect(tampering(source, name, parameters)?.target.type).toBe('resource');
  });

  test.each<[string, string, string, unknown]>([
    ['a rule of somebody else', 'events', 'DisableRule', { name: 'other' }],
    [
      'a resource of a stack where the stack is meant',
      'cloudformation',
      'DeleteStack',
      { stackName: 'Layerwatch-R' },
    ],
    ['another key', 'kms', 'DisableKey', { keyId: 'other' }],
    ['no name', 'events', 'DisableRule', {}],
    ['another call', 'events', 'ListRules', { name: 'Layerwatch-R' }],
    ['a longer name of a call', 'events', 'PutRuleX', { name: 'Layerwatch-R' }],
    ['a call of another service', 'events', 'StopLogging', { name: 'Layerwatch-R' }],
  ])('given %s, then it is none', (_, source, name, parameters) => {
    expect(tampering(source, name, parameters)).toBeUndefined();
  });

  test('given a call that failed, then it is none', () => {
    expect(
      tampering('events', 'DisableRule', { name: 'Layerwatch-R' }, { errorCode: 'AccessDenied' }),
    ).toBeUndefined();
  });

  test('given parameters that were omitted, then it may be one', () => {
    expect(tampering('events', 'DisableRule', { omitted: true })?.target.name).toBeUndefined();
  });

  test('given parameters that were omitted and no stack, then it is none', () => {
    expect(
      tampering('events', 'DisableRule', { omitted: true }, {}, { ownNamePrefix: undefined }),
    ).toBeUndefined();
  });

  test('given a forwarder as it is shipped, then it is none', () => {
    const parameters = {
      name: 'LayerwatchForwarderHeartbeat',
      scheduleExpression: 'rate(1 hour)',
      state: 'ENABLED',
    };
    expect(tampering('events', 'PutRule', parameters)).toBeUndefined();
  });
});

describe('the rule of a call', () => {
  test.each<[string, unknown, unknown]>([
    [
      'a name and a bus',
      { name: 'Layerwatch-R', eventBusName: 'hub' },
      { name: 'Layerwatch-R', eventBusName: 'hub' },
    ],
    ['the rule of a target', { rule: 'Layerwatch-R' }, { name: 'Layerwatch-R', eventBusName: undefined }],
  ])('given %s, then it is read', (_, parameters, rule) => {
    expect(tampering('events', 'DisableRule', parameters)?.asked).toHaveProperty('rule', rule);
  });

  test('given a call of another service, then there is none', () => {
    expect(tampering('cloudtrail', 'StopLogging', { name: 'main' })?.asked).not.toHaveProperty('rule');
  });
});

describe('a call on a function', () => {
  const update = 'UpdateFunctionConfiguration20150331v2';
  const detector = 'Layerwatch-Detector';

  test('given a function of the stack, then the call is about it', () => {
    expect(
      tampering('lambda', 'PutFunctionConcurrency20171031', { functionName: detector })?.target,
    ).toMatchObject({
      type: 'function',
      arn: functionArn(detector),
    });
  });

  test('given its name in the answer alone, then the call is about it', () => {
    const responseElements = { functionArn: functionArn(detector) };
    expect(tampering('lambda', 'UpdateFunctionCode20150331v2', {}, { responseElements })?.target.name).toBe(
      detector,
    );
  });

  test.each<[string, unknown, Fields, readonly string[] | undefined]>([
    ['layers', { functionName: detector, layers: [a1] }, {}, [a1]],
    ['an empty list', { functionName: detector, layers: [] }, {}, []],
    ['no layers', { functionName: detector }, {}, undefined],
    [
      'layers that cannot be read, and an answer',
      { functionName: detector, layers: [7] },
      { responseElements: { functionArn: functionArn(detector), layers: [{ arn: a1 }] } },
      [a1],
    ],
    ['layers of which one can be read', { functionName: detector, layers: [a1, 7] }, {}, [a1]],
    ['layers that cannot be read', { functionName: detector, layers: [7] }, {}, undefined],
  ])('given %s, then the layers of the call are right', (_, parameters, fields, layers) => {
    expect(tampering('lambda', update, parameters, fields)?.asked).toMatchObject({ layers });
  });

  test('given an update whose parameters were omitted, then the rule reports it', () => {
    expect(tampering('lambda', update, { omitted: true })).toBeUndefined();
  });

  test('given a function of somebody else, then it is none', () => {
    expect(tampering('lambda', update, { functionName: 'payments', layers: [a1] })).toBeUndefined();
  });
});
