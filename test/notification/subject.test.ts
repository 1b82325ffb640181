import fc from 'fast-check';
import { subjectOf } from '../../lambda/notification/subject';
import { findingOf } from '../fixtures/finding';
import { givenPublish, givenUpdate, layerVersion } from '../fixtures/records';

const foreign = layerVersion('boto-utils', 3, '999988887777');

describe('the subject', () => {
  test('given a layer on a function, then it says band, score, what and where', () => {
    const accountNames = new Map([['123456789012', 'production']]);
    expect(subjectOf(findingOf(givenUpdate([foreign]), { accountNames }, { before: [] }))).toBe(
      '[Layerwatch] HIGH 51: layer added to function payments (production, eu-west-3)',
    );
  });

  test('given a publish, then it names the layer', () => {
    expect(subjectOf(findingOf(givenPublish('util', 3)))).toBe(
      '[Layerwatch] LOW 21: version published of layer util (123456789012, eu-west-3)',
    );
  });

  test('given a long name, then the name gives way', () => {
    const subject = subjectOf(findingOf(givenUpdate([foreign], {}, 'n'.repeat(140))));
    expect(subject).toMatch(
      /^\[Layerwatch\] HIGH 51: layers set on function n+\.\.\. \(123456789012, eu-west-3\)$/,
    );
    expect(subject).toHaveLength(99);
  });

  test('given any name, account and region, then SNS accepts it and the prefix stands alone', () => {
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
              `[Layerwatch] ${name}`,
            ),
          );
          expect(subjectOf(document)).toMatch(/^\[Layerwatch\] [A-Z]+ \d{1,2}: [ -Z^-~]{1,80}$/);
          expect(subjectOf(document).length).toBeLessThan(100);
        },
      ),
    );
  });
});
