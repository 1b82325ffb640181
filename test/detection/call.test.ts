import fc from 'fast-check';
import { readCall } from '../../lambda/detection/call';
import { parseRecord } from '../../lambda/detection/record';
import { account, functionArn, givenPublish, givenUpdate, layerVersion, region } from '../fixtures/records';

function call(value: unknown, action: 'publish' | 'update' = 'update') {
  const result = parseRecord(value);
  if (result.kind !== 'record') throw new Error(result.reason);
  return readCall(result.record, action);
}

const a1 = layerVersion('a', 1);
const b1 = layerVersion('b', 1);

describe('the target of a call', () => {
  test.each([
    ['a name', 'payments'],
    ['a name with a qualifier', 'payments:live'],
    ['a partial ARN', `${account}:function:payments`],
    ['a partial ARN with a qualifier', `${account}:function:payments:7`],
    ['a full ARN', functionArn('payments')],
    ['a full ARN with a qualifier', `${functionArn('payments')}:$LATEST`],
  ])('given %s and no response, then it is the unqualified function ARN', (_, functionName) => {
    const record = givenUpdate([a1], { responseElements: null }, functionName);
    expect(call(record).target).toEqual({
      type: 'function',
      arn: functionArn('payments'),
      name: 'payments',
      account,
      region,
    });
  });

  test('given a response, then its ARN counts, whatever the request wrote', () => {
    const arn = 'arn:aws-us-gov:lambda:us-gov-west-1:210987654321:function:other';
    const { target } = call(givenUpdate([a1], { responseElements: { functionArn: arn } }));
    expect(target).toEqual({
      type: 'function',
      arn,
      name: 'other',
      account: '210987654321',
      region: 'us-gov-west-1',
    });
  });

  test('given odd accounts and regions, then they are taken as they are', () => {
    const arn = 'arn:aws:lambda:eugov-eastcentral-1r:12345678901:function:f';
    expect(call(givenUpdate([], { responseElements: null }, arn)).target.arn).toBe(arn);
  });

  test('given a region of another partition and a plain name, then the ARN is of that partition', () => {
    const record = givenUpdate([], {
      responseElements: null,
      awsRegion: 'cn-north-1',
      userIdentity: { accountId: account },
    });
    expect(call(record).target.arn).toBe(`arn:aws-cn:lambda:cn-north-1:${account}:function:payments`);
  });

  test.each([['__proto__'], ['constructor']])(
    'given a function called %s, then it is a name like any other',
    (name) => {
      expect(call(givenUpdate([], { responseElements: null }, name)).target.name).toBe(name);
    },
  );

  test('given no name anywhere, then the target is unknown and said to be', () => {
    const read = call(givenUpdate([], { requestParameters: { layers: [a1] }, responseElements: null }));
    expect(read.target.arn).toBeUndefined();
    expect(read.problems.join()).toContain("function's name");
  });

  test('given a publish, then the layer is the target and the response names the version', () => {
    const read = call(givenPublish('util', 3), 'publish');
    expect(read.target).toMatchObject({ type: 'layer', name: 'util', account });
    expect(read.asked).toEqual({ kind: 'publish', version: '3', layerVersionArn: layerVersion('util', 3) });
  });

  test('given any JSON as parameters and response, then reading the call never throws', () => {
    fc.assert(
      fc.property(
        fc.jsonValue(),
        fc.jsonValue(),
        fc.constantFrom('publish', 'update'),
        (request, response, action) => {
          const record = givenUpdate([], { requestParameters: request, responseElements: response });
          expect(call(record, action).target.type).toBe(action === 'publish' ? 'layer' : 'function');
        },
      ),
    );
  });
});

describe('the layers that a call asks for', () => {
  test.each([
    ['ARNs', [a1, b1], { kind: 'layers', layers: [a1, b1] }],
    ['objects with an ARN', [{ arn: a1 }, { Arn: b1 }], { kind: 'layers', layers: [a1, b1] }],
    ['an empty list', [], { kind: 'layers', layers: [] }],
    ['one text', a1, { kind: 'layers', layers: [a1] }],
    ['null', null, { kind: 'no-layers' }],
    ['a number', 5, { kind: 'unreadable', layers: [] }],
    ['an object', { a: 1 }, { kind: 'unreadable', layers: [] }],
    ['a list with something else in it', [a1, 5, null], { kind: 'unreadable', layers: [a1] }],
  ])('given %s', (_, layers, asked) => {
    expect(call(givenUpdate([], { requestParameters: { functionName: 'f', layers } })).asked).toEqual(asked);
  });

  test('given no layers in the call, then the layers of the response do not count', () => {
    const record = givenUpdate(undefined, {
      responseElements: { functionArn: functionArn('f'), layers: [{ arn: a1 }] },
    });
    expect(call(record).asked).toEqual({ kind: 'no-layers' });
  });

  test.each([[null], [undefined], ['x'], [{ omitted: true, originalSize: 120000 }]])(
    'given parameters %p, then they are unreadable and said to be',
    (requestParameters) => {
      const read = call(givenUpdate([], { requestParameters }));
      expect(read.asked.kind).toBe('unreadable');
      expect(read.problems.join()).toContain('requestParameters');
    },
  );
});
