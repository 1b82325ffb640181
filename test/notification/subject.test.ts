import fc from 'fast-check';
import { subjectOf } from '../../lambda/notification/subject';
import { findingOf } from '../fixtures/finding';
import { givenPublish, givenUpdate, layerVersion } from '../fixtures/records';

const foreign = layerVersion('boto-utils', 3, '999988887777');

const accountNames = new Map([['123456789012', 'production']]);
const vendorLayer = 'arn:aws:lambda:eu-west-3:464622532012:layer:Datadog-Extension:1';
const base = layerVersion('base', 4);

describe('the subject', () => {
  test.each([
    [
      'a layer of an unknown account',
      givenUpdate([foreign]),
      [],
      'HIGH: unknown layer on payments (production)',
    ],
    ['an own layer', givenUpdate([base]), [], 'LOW: new layer on payments (production)'],
    ['a layer of a vendor', givenUpdate([vendorLayer]), [], 'LOW: vendor layer on payments (production)'],
    [
      'unknown layers before',
      givenUpdate([foreign]),
      undefined,
      'HIGH: unknown layer on payments (production)',
    ],
    [
      'another version',
      givenUpdate([layerVersion('base', 5)]),
      [base],
      'LOW: new layer version on payments (production)',
    ],
    ['a removed layer', givenUpdate([]), [base], 'LOW: layer removed from payments (production)'],
    ['a publish', givenPublish('util', 3), undefined, 'LOW: published layer util (production)'],
  ])('given %s, then it says severity, what, on what and where', (_, record, before, expected) => {
    expect(subjectOf(findingOf(record, { accountNames }, before === undefined ? {} : { before }))).toBe(
      expected,
    );
  });

  test('given an account without a name, then it has the number of the account', () => {
    expect(subjectOf(findingOf(givenUpdate([foreign])))).toBe(
      'HIGH: unknown layer on payments (123456789012)',
    );
  });

  test('given a name of 24 characters, then a phone that shows 50 has all of it', () => {
    const name = 'payments-authorizer-prod';
    const subject = subjectOf(findingOf(givenUpdate([foreign], {}, name)));
    expect(subject.slice(0, 50)).toContain(name);
  });

  test('given a long name, then the name gives way', () => {
    const subject = subjectOf(findingOf(givenUpdate([foreign], {}, 'n'.repeat(140))));
    expect(subject).toMatch(/^HIGH: unknown layer on n+\.\.\. \(123456789012\)$/);
    expect(subject).toHaveLength(99);
  });

  test('given any name, account and region, then SNS accepts it, and the severity and the account stand alone', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'binary' }),
        fc.string({ unit: 'binary' }),
        fc.string(),
        (name, region, account) => {
          const document = findingOf(
            givenUpdate(
              [foreign],
              { awsRegion: region, recipientAccountId: account },
              `CRITICAL: (x) ${name}`,
            ),
          );
          expect(subjectOf(document)).toMatch(/^HIGH: unknown layer on [^()\r\n]+( \([^()\r\n]+\))?$/);
          expect(subjectOf(document).length).toBeLessThan(100);
        },
      ),
    );
  });
});
