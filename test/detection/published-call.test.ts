import { readCall } from '../../lambda/detection/call';
import { parseRecord } from '../../lambda/detection/record';
import { account, givenPublish, region } from '../fixtures/records';

const arn = `arn:aws:lambda:${region}:${account}:layer:boto-utils`;

function published(fields: Readonly<Record<string, unknown>>) {
  const parsed = parseRecord(givenPublish('boto-utils', 3, fields));
  if (parsed.kind !== 'record') throw new Error(parsed.reason);
  return readCall(parsed.record, 'publish');
}

const asked = (layerName: unknown) => ({ requestParameters: { layerName }, responseElements: null });

describe('the layer of a publish', () => {
  const target = { type: 'layer', arn, name: 'boto-utils', account, region };

  test('given a response, then its ARN names the layer', () => {
    expect(published({ requestParameters: null }).target).toEqual(target);
  });

  test('given a response with the ARN of a version, then the layer has none', () => {
    expect(published({ responseElements: { layerArn: `${arn}:3` } }).target.arn).toBe(arn);
  });

  test('given an ARN in the request alone, then it names the layer', () => {
    const other = 'arn:aws-cn:lambda:cn-north-1:210987654321:layer:other';
    expect(published(asked(other)).target).toEqual({
      type: 'layer',
      arn: other,
      name: 'other',
      account: '210987654321',
      region: 'cn-north-1',
    });
  });

  test('given a name in the request alone, then the layer is of the caller and the region', () => {
    expect(published(asked('boto-utils')).target).toEqual(target);
  });

  test.each([
    ['no region', { awsRegion: undefined }],
    ['no account', { userIdentity: {}, recipientAccountId: undefined }],
  ])('given a name and %s, then the layer has a name and no ARN', (_, fields) => {
    const { target: found } = published({ ...asked('boto-utils'), ...fields });
    expect([found.name, found.arn]).toEqual(['boto-utils', undefined]);
  });
});

describe('the version of a publish', () => {
  const version = (responseElements: Readonly<Record<string, unknown>>) =>
    published({ responseElements: { layerArn: arn, ...responseElements } });

  test('given a version and its ARN, then both are read without a problem', () => {
    expect(version({ version: 3, layerVersionArn: `${arn}:3` })).toMatchObject({
      asked: { kind: 'publish', layerVersionArn: `${arn}:3`, version: '3' },
      problems: [],
    });
  });

  test('given the ARN alone, then the version is read from it', () => {
    expect(version({ layerVersionArn: `${arn}:7` }).asked).toMatchObject({ version: '7' });
  });

  test('given the version alone, then the ARN is the layer with the version', () => {
    expect(version({ version: '7' }).asked).toMatchObject({ layerVersionArn: `${arn}:7` });
  });

  test('given a version that is not the one of the ARN, then the ARN stays as AWS wrote it', () => {
    expect(version({ version: '7', layerVersionArn: `${arn}:3` }).asked).toEqual({
      kind: 'publish',
      layerVersionArn: `${arn}:3`,
      version: '7',
    });
  });

  test('given neither, then there is no version', () => {
    expect(version({}).asked).toEqual({ kind: 'publish', layerVersionArn: undefined, version: undefined });
  });

  test('given neither, then the problem says so', () => {
    expect(version({}).problems).toEqual(['the version that was published is not in the record']);
  });
});

describe('a publish that names no layer', () => {
  test('given no name, then the call is unreadable', () => {
    expect(published(asked(null)).asked).toEqual({ kind: 'unreadable', layers: [] });
  });

  test('given a version and no name, then the problem shows the name', () => {
    const { problems } = published({
      requestParameters: { layerName: [] },
      responseElements: { version: 3 },
    });
    expect(problems).toEqual([expect.stringMatching(/^the layer's name is .*list/)]);
  });

  test('given neither name nor version, then both are problems', () => {
    expect(published(asked(null)).problems).toHaveLength(2);
  });
});
