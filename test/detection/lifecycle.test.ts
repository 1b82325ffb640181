import { readFunctionLifecycle } from '../../lambda/detection/lifecycle';
import { parseRecord } from '../../lambda/detection/record';
import { functionArn, givenCreate, givenDelete, layerVersion } from '../fixtures/records';

const a1 = layerVersion('a', 1);
const arn = functionArn('payments');

function lifecycleOf(value: unknown) {
  const parsed = parseRecord(value);
  if (parsed.kind !== 'record') throw new Error(parsed.reason);
  return readFunctionLifecycle(parsed.record);
}

const created = (fields: Readonly<Record<string, unknown>>) => lifecycleOf(givenCreate([a1], fields));

describe('a function that is created', () => {
  test('given its layers, then it begins with them', () => {
    expect(created({})).toEqual({ functionArn: arn, verb: 'created', layers: [a1] });
  });

  test.each<[string, Readonly<Record<string, unknown>>, readonly string[] | undefined]>([
    ['another list in the answer', { responseElements: { functionArn: arn, layers: [] } }, [a1]],
    [
      'no layers and no answer',
      { requestParameters: { functionName: 'payments' }, responseElements: null },
      [],
    ],
    ['no layers and an answer with some', { requestParameters: { functionName: 'payments' } }, [a1]],
    ['parameters that cannot be read, and an answer', { requestParameters: null }, [a1]],
    [
      'parameters that were omitted, and no answer',
      { requestParameters: { omitted: true, functionName: 'payments' }, responseElements: null },
      undefined,
    ],
  ])('given %s, then the layers are right', (_, fields, layers) => {
    expect(created(fields)?.layers).toEqual(layers);
  });

  test('given a name without the version of the API, then it is one', () => {
    expect(created({ eventName: 'CreateFunction' })?.verb).toBe('created');
  });
});

describe('a function that is deleted', () => {
  test('given its name, then it is gone', () => {
    expect(lifecycleOf(givenDelete())).toEqual({ functionArn: arn, verb: 'deleted', layers: undefined });
  });

  test.each<[string, unknown]>([
    ['a version in the name', { functionName: 'payments:7' }],
    ['a version beside the name', { functionName: 'payments', qualifier: '7' }],
    ['a version with a capital letter', { FunctionName: 'payments', Qualifier: '7' }],
  ])('given %s, then only that version is gone', (_, requestParameters) => {
    expect(lifecycleOf(givenDelete({ requestParameters }))).toBeUndefined();
  });

  test('given its name in the answer alone, then it is gone', () => {
    const fields = { requestParameters: null, responseElements: { functionArn: arn } };
    expect(lifecycleOf(givenDelete(fields))?.verb).toBe('deleted');
  });
});

describe('what is neither', () => {
  test.each<[string, Readonly<Record<string, unknown>>]>([
    ['a longer name', { eventName: 'CreateFunctionUrlConfig' }],
    ['a name with more before', { eventName: 'ReCreateFunction' }],
    ['another service', { eventSource: 'events.amazonaws.com' }],
    ['no service', { eventSource: undefined }],
    ['a call that failed', { errorCode: 'AccessDenied' }],
    ['a call that failed with a message alone', { errorMessage: 'no' }],
    ['no name of a function', { requestParameters: { layers: [a1] }, responseElements: null }],
    [
      'no account',
      {
        requestParameters: { functionName: 'payments' },
        responseElements: null,
        userIdentity: {},
        recipientAccountId: undefined,
      },
    ],
  ])('given %s, then there is nothing', (_, fields) => {
    expect(created(fields)).toBeUndefined();
  });
});
