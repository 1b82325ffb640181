import { LambdaClient } from '@aws-sdk/client-lambda';
import { LambdaFunctionLister } from '../../lambda/aws/lambda-function-lister';
import { InvalidMarkerError } from '../../lambda/errors';
import { layerVersion } from '../fixtures/records';
import { AwsError, accessDenied, LoopbackAws } from '../harness/loopback-aws';

const base = layerVersion('base', 4);
const arn = 'arn:aws:lambda:eu-west-3:123456789012:function:payments';
const listed = {
  FunctionArn: arn,
  Layers: [{ Arn: base, CodeSize: 1 }],
  LastModified: '2026-10-06T21:14:05.000+0000',
  RevisionId: 'revision-1',
};

describe('the functions of an account and region', () => {
  let aws: LoopbackAws;
  let lister: LambdaFunctionLister;
  beforeEach(async () => {
    aws = await LoopbackAws.start();
    lister = new LambdaFunctionLister(new LambdaClient({ region: 'eu-west-3' }));
  });
  afterEach(() => aws.stop());

  test('given a page, then each function has its layers, its time and its revision', async () => {
    aws.on('ListFunctions', () => ({ Functions: [listed], NextMarker: 'm2' }));
    expect(await lister.page(undefined)).toEqual({
      functions: [
        { arn, layers: [base], lastModified: Date.parse('2026-10-06T21:14:05Z'), revisionId: 'revision-1' },
      ],
      next: 'm2',
    });
  });

  test('given the last page, then there is no next one', async () => {
    aws.on('ListFunctions', () => ({ Functions: [] }));
    expect(await lister.page('m2')).toEqual({ functions: [], next: undefined });
  });

  test('given a function without layers, then its list is empty', async () => {
    const { Layers: _, ...without } = listed;
    aws.on('ListFunctions', () => ({ Functions: [without] }));
    expect((await lister.page(undefined)).functions).toMatchObject([{ layers: [] }]);
  });

  test.each([
    ['no ARN', { ...listed, FunctionArn: undefined }],
    ['no time', { ...listed, LastModified: undefined }],
    ['a time that is none', { ...listed, LastModified: 'yesterday' }],
  ])('given a function with %s, then the others are listed', async (_, odd) => {
    aws.on('ListFunctions', () => ({ Functions: [odd, listed] }));
    expect((await lister.page(undefined)).functions).toMatchObject([{ arn }]);
  });

  test('given a marker that Lambda no longer takes, then the error says that', async () => {
    aws.on('ListFunctions', () => {
      throw new AwsError('InvalidParameterValueException');
    });
    await expect(lister.page('m2')).rejects.toThrow(InvalidMarkerError);
  });

  test('given a refusal without a marker, then it is what Lambda said', async () => {
    aws.on('ListFunctions', accessDenied);
    await expect(lister.page(undefined)).rejects.toThrow('not authorized');
  });
});
