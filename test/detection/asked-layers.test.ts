import { answeredLayers, readCall } from '../../lambda/detection/call';
import { parseRecord } from '../../lambda/detection/record';
import { account, functionArn, givenUpdate, layerVersion, region } from '../fixtures/records';

const a1 = layerVersion('a', 1);

function recordOf(fields: Readonly<Record<string, unknown>>) {
  const parsed = parseRecord(givenUpdate([a1], fields));
  if (parsed.kind !== 'record') throw new Error(parsed.reason);
  return parsed.record;
}

const updated = (fields: Readonly<Record<string, unknown>>) => readCall(recordOf(fields), 'update');
const asking = (parameters: unknown) => updated({ requestParameters: parameters });

describe('what an update asks of the layers', () => {
  test.each<[string, unknown, unknown]>([
    ['a list', { functionName: 'payments', layers: [a1] }, { kind: 'layers', layers: [a1] }],
    ['null for the layers', { functionName: 'payments', layers: null }, { kind: 'no-layers' }],
    ['no layers', { functionName: 'payments' }, { kind: 'no-layers' }],
    ['neither a function nor layers', {}, { kind: 'unreadable', layers: [] }],
    [
      'parameters that CloudTrail omitted',
      { omitted: true, functionName: 'payments' },
      { kind: 'unreadable', layers: [] },
    ],
    ['parameters that were not omitted', { omitted: false, functionName: 'payments' }, { kind: 'no-layers' }],
    ['no parameters', null, { kind: 'unreadable', layers: [] }],
    [
      'an entry that is no ARN',
      { functionName: 'payments', layers: [a1, { arn: 7 }] },
      { kind: 'unreadable', layers: [a1] },
    ],
    ['a text for the list', { functionName: 'payments', layers: a1 }, { kind: 'layers', layers: [a1] }],
  ])('given %s, then it is read as that', (_, parameters, asked) => {
    expect(asking(parameters).asked).toEqual(asked);
  });

  test.each<[string, unknown, readonly string[]]>([
    ['a list', { functionName: 'payments', layers: [a1] }, []],
    ['no layers', { functionName: 'payments' }, []],
    ['neither a function nor layers', {}, ['requestParameters names neither a function nor layers']],
    ['parameters that CloudTrail omitted', { omitted: true }, ['requestParameters is omitted by CloudTrail']],
    [
      'two entries of three that cannot be read',
      { functionName: 'payments', layers: [a1, {}, ''] },
      ['2 of 3 entries of requestParameters.layers cannot be read'],
    ],
  ])('given %s, then the problems are right', (_, parameters, problems) => {
    expect(asking(parameters).problems).toEqual(problems);
  });

  test('given no parameters, then the problem says that they are none', () => {
    expect(asking(null).problems).toEqual([expect.stringMatching(/^requestParameters is /)]);
  });

  test('given an object for the list, then the problem shows it', () => {
    expect(asking({ functionName: 'payments', layers: { other: 1 } }).problems).toEqual([
      expect.stringMatching(/^requestParameters\.layers is /),
    ]);
  });

  test('given a function that nothing names, then the problem shows the name', () => {
    const { problems } = updated({ requestParameters: { functionName: [] }, responseElements: null });
    expect(problems).toEqual([expect.stringMatching(/^the function's name is .*list/)]);
  });
});

describe('the account and region of a function that is only named', () => {
  const named = { requestParameters: { functionName: 'payments' }, responseElements: null };

  test.each([
    ['no region', { awsRegion: undefined }],
    ['no account', { userIdentity: {}, recipientAccountId: undefined }],
  ])('given %s, then the function has a name and no ARN', (_, fields) => {
    const { target } = updated({ ...named, ...fields });
    expect([target.name, target.arn]).toEqual(['payments', undefined]);
  });

  test.each([
    [
      'the caller',
      { accountId: '111111111111', sessionContext: { sessionIssuer: { accountId: '222222222222' } } },
      '111111111111',
    ],
    [
      'the issuer of the session',
      { sessionContext: { sessionIssuer: { accountId: '222222222222' } } },
      '222222222222',
    ],
    ['the recipient of the record', {}, account],
  ])('given an account of %s, then the function is of it', (_, userIdentity, expected) => {
    expect(updated({ ...named, userIdentity }).target.account).toBe(expected);
  });

  test.each([
    [
      'the caller',
      {
        arn: `arn:aws-cn:iam::${account}:user/eve`,
        sessionContext: { sessionIssuer: { arn: 'arn:aws-iso:iam::1:role/ci' } },
      },
      'aws-cn',
    ],
    [
      'the issuer of the session',
      { sessionContext: { sessionIssuer: { arn: 'arn:aws-iso:iam::1:role/ci' } } },
      'aws-iso',
    ],
    ['the region', {}, 'aws'],
  ])('given a partition of %s, then the ARN is of it', (_, userIdentity, partition) => {
    expect(updated({ ...named, userIdentity }).target.arn).toBe(
      `arn:${partition}:lambda:${region}:${account}:function:payments`,
    );
  });
});

describe('the layers that a response shows', () => {
  const arn = functionArn('payments');
  test.each<[string, unknown, readonly string[] | undefined]>([
    ['a function with layers', { functionArn: arn, layers: [{ arn: a1, codeSize: 1 }] }, [a1]],
    ['a function without the key', { functionArn: arn }, []],
    ['layers without a function', { layers: [{ arn: a1 }] }, undefined],
    ['layers that cannot be read', { functionArn: arn, layers: [{ arn: a1 }, {}] }, undefined],
    ['no response', null, undefined],
  ])('given %s, then the list is right', (_, responseElements, layers) => {
    expect(answeredLayers(recordOf({ responseElements }))).toEqual(layers);
  });
});
