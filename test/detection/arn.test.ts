import {
  bareLayer,
  functionArn,
  layerArn,
  parseFunctionName,
  parseLayerArn,
  partitionOfArn,
} from '../../lambda/detection/arn';

const account = '123456789012';
const layer = `arn:aws-cn:lambda:cn-north-1:${account}:layer:boto-utils`;

describe('the name of a function', () => {
  const full = { partition: 'aws-cn', region: 'cn-north-1', account, name: 'payments' };
  test.each([
    ['a name', 'payments', { name: 'payments' }],
    ['a name of digits as long as an account id', account, { name: account }],
    ['a name and an alias', 'payments:live', { name: 'payments', qualifier: 'live' }],
    ['an account and a name', `${account}:payments`, { account, name: 'payments' }],
    [
      'an account, a name and a version',
      `${account}:payments:7`,
      { account, name: 'payments', qualifier: '7' },
    ],
    ['thirteen digits and an alias', '1234567890123:live', { name: '1234567890123', qualifier: 'live' }],
    ['a letter, twelve digits and an alias', `a${account}:live`, { name: `a${account}`, qualifier: 'live' }],
    ['twelve digits, a letter and an alias', `${account}a:live`, { name: `${account}a`, qualifier: 'live' }],
    ['a partial ARN', `${account}:function:payments`, { account, name: 'payments' }],
    [
      'a partial ARN with a region',
      `cn-north-1:${account}:function:payments:7`,
      { region: 'cn-north-1', account, name: 'payments', qualifier: '7' },
    ],
    ['the marker and a name', 'function:payments', { name: 'payments' }],
    ['the marker as a name', 'function', { name: 'function' }],
    ['an ARN', `arn:aws-cn:lambda:cn-north-1:${account}:function:payments`, full],
    [
      'an ARN with an alias',
      `arn:aws-cn:lambda:cn-north-1:${account}:function:payments:live`,
      { ...full, qualifier: 'live' },
    ],
  ])('given %s, then each of its parts is read', (_, written, parts) => {
    expect(parseFunctionName(written)).toEqual(parts);
  });

  test.each([
    ['an empty text', ''],
    ['no name behind the marker', `${account}:function:`],
    ['the ARN of another service', `arn:aws:states:eu-west-3:${account}:function:payments`],
    ['the ARN of a layer', `arn:aws:lambda:eu-west-3:${account}:layer:payments`],
    ['an ARN without a name', `arn:aws:lambda:eu-west-3:${account}:function`],
  ])('given %s, then there is no function', (_, written) => {
    expect(parseFunctionName(written)).toBeUndefined();
  });
});

describe('the ARN of a layer', () => {
  const parts = { partition: 'aws-cn', region: 'cn-north-1', account, name: 'boto-utils' };
  test.each([
    ['a layer', layer, { ...parts, arn: layer }],
    ['a version', `${layer}:3`, { ...parts, arn: `${layer}:3`, version: '3' }],
    ['an empty version', `${layer}:`, { ...parts, arn: `${layer}:` }],
    [
      'no region',
      'arn:aws:lambda::1:layer:a',
      { arn: 'arn:aws:lambda::1:layer:a', partition: 'aws', region: '', account: '1', name: 'a' },
    ],
  ])('given %s, then each of its parts is read', (_, written, expected) => {
    expect(parseLayerArn(written)).toEqual(expected);
  });

  test.each([
    ['a beginning other than arn', `xrn:aws:lambda:eu-west-3:${account}:layer:a:1`],
    ['another service', `arn:aws:s3:eu-west-3:${account}:layer:a:1`],
    ['another type', `arn:aws:lambda:eu-west-3:${account}:function:a:1`],
    ['a part too many', `${layer}:3:4`],
    ['no partition', `arn::lambda:eu-west-3:${account}:layer:a:1`],
    ['no account', 'arn:aws:lambda:eu-west-3::layer:a:1'],
    ['no name', `arn:aws:lambda:eu-west-3:${account}:layer`],
  ])('given %s, then there is no layer', (_, written) => {
    expect(parseLayerArn(written)).toBeUndefined();
  });

  test('given the ARN of a version, then the layer is the ARN without it', () => {
    expect(bareLayer(`${layer}:31`)).toBe(layer);
  });

  test.each([layer, 'boto-utils:3', `${layer}:`])(
    'given %s, which names no version, then it stays as it is',
    (written) => {
      expect(bareLayer(written)).toBe(written);
    },
  );
});

describe('ARNs that are written', () => {
  test('given the parts of a function, then its ARN holds them in their order', () => {
    expect(functionArn('aws', 'eu-west-3', account, 'payments')).toBe(
      `arn:aws:lambda:eu-west-3:${account}:function:payments`,
    );
  });

  test('given the parts of a layer, then its ARN holds them in their order', () => {
    expect(layerArn('aws-cn', 'cn-north-1', account, 'boto-utils')).toBe(layer);
  });
});

describe('the partition', () => {
  test.each([
    ['an ARN', layer, 'aws-cn'],
    ['an ARN without one', 'arn::lambda', undefined],
    ['the beginning of an ARN', 'arn', undefined],
    ['another text', 'urn:aws-cn:lambda', undefined],
    ['nothing', undefined, undefined],
  ])('given %s, then it is read from the second part', (_, arn, partition) => {
    expect(partitionOfArn(arn)).toBe(partition);
  });
});
