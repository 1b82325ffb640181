import { isOwnKey, isOwnName, isOwnStack, type Ownership } from '../../lambda/detection/own-names';

const own: Ownership = {
  ownNamePrefix: 'Layerwatch-',
  ownLogicalIds: ['DetectorFunction1234ABCD', 'Hub'],
  ownKeyArn: 'arn:aws:kms:eu-west-3:1:key/abcd-ef',
};
const nothing: Ownership = { ownNamePrefix: undefined };

describe('the name of a resource', () => {
  test.each([
    ['a name of the stack', 'Layerwatch-Detector'],
    ['an ARN of the stack', 'arn:aws:lambda:eu-west-3:1:function:Layerwatch-Detector'],
    ['an ARN with a slash', 'arn:aws:events:eu-west-3:1:rule/Layerwatch-Rule'],
    ['the name of a forwarder', 'LayerwatchForwarderTrails'],
    ['the role of a member account', 'arn:aws:iam::1:role/LayerwatchReadOnly'],
    ['a name whose logical id was cut', 'Layerwatch-DetectorFu-X1Y2'],
    ['a name whose stack was cut', 'Layerwat-DetectorFunction1234ABCD-X1Y2'],
    ['a name whose parts were both cut', 'Layerwat-Detector-X1Y2'],
    ['a short logical id', 'Layerwat-Hub-X1Y2'],
  ])('given %s, then it is of Layerwatch', (_, name) => {
    expect(isOwnName(name, own)).toBe(true);
  });

  test.each([
    ['another name', 'payments'],
    ['the name of the stack alone', 'Layerwatch'],
    ['a name that only holds the stack’s', 'my-Layerwatch-Detector'],
    ['the role of a member account with more behind', 'LayerwatchReadOnly2'],
    ['a stack that was cut too short', 'Layerwa-DetectorFunction1234ABCD-X1Y2'],
    ['a logical id that was cut too short', 'Layerwat-Detecto-X1Y2'],
    ['another stack', 'Layerwax-DetectorFunction1234ABCD-X1Y2'],
    ['another logical id', 'Layerwat-OtherFunction-X1Y2'],
    ['a short logical id that was cut', 'Layerwat-Hu-X1Y2'],
    ['no letters behind', 'Layerwat-DetectorFunction1234ABCD'],
    ['other signs behind', 'Layerwat-DetectorFunction1234ABCD-X1_2'],
  ])('given %s, then it is not of Layerwatch', (_, name) => {
    expect(isOwnName(name, own)).toBe(false);
  });

  test('given no logical ids, then a name that was cut is not of Layerwatch', () => {
    expect(isOwnName('Layerwat-DetectorFu-X1Y2', { ownNamePrefix: 'Layerwatch-' })).toBe(false);
  });

  test.each([
    ['a name', 'Layerwatch-Detector', false],
    ['a name that was cut', 'Layerwat-DetectorFu-X1Y2', false],
    ['the name of a forwarder', 'LayerwatchForwarder', true],
  ])('given no stack and %s, then whether it is of Layerwatch is right', (_, name, expected) => {
    expect(isOwnName(name, { ...nothing, ownLogicalIds: own.ownLogicalIds })).toBe(expected);
  });
});

describe('the name of a stack', () => {
  test.each([
    ['the name', 'Layerwatch', true],
    ['an ARN', 'arn:aws:cloudformation:eu-west-3:1:stack/Layerwatch/1234', true],
    ['another name', 'Layerwatch2', false],
    ['a resource of it', 'Layerwatch-Detector', false],
  ])('given %s, then whether it is the stack is right', (_, name, expected) => {
    expect(isOwnStack(name, own)).toBe(expected);
  });

  test('given no stack, then no name is that of it', () => {
    expect(isOwnStack('Layerwatch', nothing)).toBe(false);
  });
});

describe('the key', () => {
  test.each([
    ['its ARN', 'arn:aws:kms:eu-west-3:1:key/abcd-ef', true],
    ['its id', 'abcd-ef', true],
    ['the end of its id', 'ef', false],
    ['another key', 'other', false],
  ])('given %s, then whether it is the key is right', (_, key, expected) => {
    expect(isOwnKey(key, own)).toBe(expected);
  });

  test('given no key, then none is that of the stack', () => {
    expect(isOwnKey('undefined', nothing)).toBe(false);
  });
});
