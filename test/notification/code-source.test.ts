import { codeSourceOf } from '../../lambda/notification/code-source';
import { findingOf } from '../fixtures/finding';
import { givenPublish, givenUpdate } from '../fixtures/records';

const response = (content: unknown) => ({
  responseElements: { layerArn: 'arn:aws:lambda:eu-west-3:123456789012:layer:util', version: 3, content },
});
const request = (content: unknown) => ({ requestParameters: { layerName: 'util', content } });

describe('where the code of a published version came from', () => {
  test.each([
    [
      'an object in S3',
      {
        ...request({ s3Bucket: 'artifacts', s3Key: 'layers/util.zip' }),
        ...response({ codeSize: 21_480, codeSha256: 'c2hh' }),
      },
      'S3 bucket artifacts, key layers/util.zip, 21.5 kB, SHA-256 c2hh',
    ],
    [
      'a version of an object',
      { ...request({ s3Bucket: 'artifacts', s3Key: 'util.zip', s3ObjectVersion: 'v1' }), ...response({}) },
      'S3 bucket artifacts, key util.zip, version v1',
    ],
    ['an upload', { ...request({}), ...response({ codeSize: 100 }) }, 'uploaded with the call, 100 bytes'],
    [
      'names that are none',
      { ...request({ s3Bucket: 'a\nUndo', s3Key: 'https://evil.example' }), ...response('x') },
      'S3 bucket "a\\u{a}Undo", key "https: //evil.example"',
    ],
    ['nothing', { requestParameters: { layerName: 'util' }, ...response(undefined) }, undefined],
  ])('given %s, then it is said', (_, fields, expected) => {
    expect(codeSourceOf(findingOf(givenPublish('util', 3, fields)))).toBe(expected);
  });

  test('given a change of a function, then nothing is said', () => {
    expect(codeSourceOf(findingOf(givenUpdate([])))).toBeUndefined();
  });
});
