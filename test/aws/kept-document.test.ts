import fc from 'fast-check';
import { documentAttribute, documentOfAttribute } from '../../lambda/aws/kept-document';
import { findingOf } from '../fixtures/finding';
import { givenUpdate, layerVersion } from '../fixtures/records';

const documentWith = (requestParameters: object) =>
  findingOf({ ...givenUpdate([layerVersion('base', 1)]), requestParameters });

describe('the document of an item', () => {
  test('given any parameters, then it is read as it was written, of an unfinished and of a finished alert', () => {
    fc.assert(
      fc.property(fc.object({ withNullPrototype: true }), fc.boolean(), (parameters, isUnfinished) => {
        const document = documentWith(parameters);
        expect(documentOfAttribute(documentAttribute(document, isUnfinished))).toEqual(document);
      }),
    );
  });

  test('given a finished alert, then the table holds its document as JSON', () => {
    const document = findingOf(givenUpdate([layerVersion('base', 1)]));
    const { flattened: _, ...cloudtrail } = document.aws.cloudtrail;
    const { S = '' } = documentAttribute(document, false);
    expect(JSON.parse(S)).toEqual({ ...document, aws: { cloudtrail } });
  });

  test('given an unfinished alert, then its document takes less than half', () => {
    const document = findingOf(givenUpdate([layerVersion('base', 1)]));
    const { B } = documentAttribute(document, true);
    expect(B?.byteLength).toBeLessThan(JSON.stringify(document).length / 2);
  });

  test('given an object that does not follow from its text, then it is kept', () => {
    const document = findingOf(givenUpdate([layerVersion('base', 1)]));
    const { cloudtrail } = document.aws;
    const other = { ...document, aws: { cloudtrail: { ...cloudtrail, request_parameters: 'no JSON' } } };
    expect(documentOfAttribute(documentAttribute(other, false))).toEqual(other);
  });

  test('given parameters that are too large for an item, then they stay left out', () => {
    const description = Array.from({ length: 40_000 }, (_, index) => `${index}`).join(' ');
    const { aws, layerwatch } =
      documentOfAttribute(documentAttribute(documentWith({ description }), true)) ?? {};
    expect(layerwatch?.omitted).toContain('aws.cloudtrail.flattened');
    expect(aws?.cloudtrail).not.toHaveProperty('flattened');
  });
});
