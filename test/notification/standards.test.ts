import fc from 'fast-check';
import type { FindingDocument } from '../../lambda/detection/finding-document';
import { asffOf } from '../../lambda/notification/asff';
import { ocsfOf } from '../../lambda/notification/ocsf';
import { findingOf } from '../fixtures/finding';
import { givenPublish, givenUpdate, layerVersion } from '../fixtures/records';

const place = { partition: 'aws', region: 'eu-west-3', account: '123456789012' };
const now = new Date('2026-10-06T21:20:00Z');
const foreign = layerVersion('boto-utils', 3, '999988887777');

/** Names of the rules that do not hold. */
function broken(rules: Readonly<Record<string, boolean>>): readonly string[] {
  return Object.entries(rules).flatMap(([name, holds]) => (holds ? [] : [name]));
}

const isText = (value: unknown, longest: number) =>
  typeof value === 'string' && value !== '' && value.length <= longest;
const isTime = (value: string) => /^\d{4}-\d{2}-\d{2}T[\d:.]+Z$/.test(value);

/** AwsSecurityFinding of the Security Hub API: what is required, and the lengths that it takes. */
function problemsOfAsff(finding: ReturnType<typeof asffOf>): readonly string[] {
  const fields = Object.entries(finding.ProductFields);
  return broken({
    SchemaVersion: finding.SchemaVersion === '2018-10-08',
    Id: isText(finding.Id, 512),
    ProductArn: isText(finding.ProductArn, 2_048),
    GeneratorId: isText(finding.GeneratorId, 512),
    AwsAccountId: /^\d{12}$/.test(finding.AwsAccountId),
    Title: isText(finding.Title, 256),
    Description: isText(finding.Description, 1_024),
    times: [finding.CreatedAt, finding.UpdatedAt, finding.FirstObservedAt, finding.LastObservedAt].every(
      isTime,
    ),
    Resources: finding.Resources.length >= 1 && finding.Resources.length <= 32,
    'Resources.Id': finding.Resources.every(({ Type, Id }) => isText(Type, 256) && isText(Id, 512)),
    ProductFields:
      fields.length <= 50 && fields.every(([key, value]) => isText(key, 128) && isText(value, 2_048)),
    size: Buffer.byteLength(JSON.stringify(finding)) <= 240_000,
  });
}

/** Detection Finding (2004) of OCSF 1.8.0 with the profile cloud: what is required, and the values that enumerations take. */
function problemsOfOcsf(event: ReturnType<typeof ocsfOf>): readonly string[] {
  return broken({
    activity_id: [0, 1, 2, 3, 99].includes(event.activity_id),
    category_uid: event.category_uid === 2,
    class_uid: event.class_uid === 2004,
    type_uid: event.type_uid === 200_400 + event.activity_id,
    severity_id: [0, 1, 2, 3, 4, 5, 6, 99].includes(event.severity_id),
    status_id: [0, 1, 2, 3, 4, 5, 6, 99].includes(event.status_id),
    'time in milliseconds': Number.isInteger(event.time) && event.time > 1e12,
    'metadata.version': event.metadata.version === '1.8.0',
    'metadata.product': isText(event.metadata.product.name, 200),
    'cloud.provider': event.metadata.profiles.includes('cloud') && isText(event.cloud.provider, 20),
    'api.operation': isText(event.api.operation, 200),
    'finding_info.uid': isText(event.finding_info.uid, 64),
    attacks: event.finding_info.attacks.every(({ technique, tactic }) =>
      isText(technique.uid ?? tactic.uid, 20),
    ),
    evidences: event.evidences.every((evidence) => Object.keys(evidence).length > 0),
    observables: event.observables.every(
      ({ type_id, name }) => Number.isInteger(type_id) && isText(name, 200),
    ),
    'remediation.desc': isText(event.remediation.desc, 2_000),
  });
}

const samples: readonly (readonly [string, FindingDocument])[] = [
  ['an added layer', findingOf(givenUpdate([foreign]), {}, { before: [] })],
  ['a published layer', findingOf(givenPublish('util', 3))],
  [
    'a record that names nothing',
    findingOf(givenUpdate([], { requestParameters: null, responseElements: null })),
  ],
  [
    'endless names',
    findingOf(
      givenUpdate([`arn:aws:lambda:eu-west-3:1:layer:${'x'.repeat(5_000)}:1`], {}, 'f'.repeat(9_000)),
    ),
  ],
  ['hostile names', findingOf(givenUpdate([foreign], {}, '\u202e\u0000"}],"Severity":{"Label":"LOW"'))],
];

test.each(samples)('given %s, then it is a finding that Security Hub takes', (_, document) => {
  expect(problemsOfAsff(asffOf(document, place, now))).toEqual([]);
});

test.each(samples)('given %s, then it is an OCSF 1.8 Detection Finding', (_, document) => {
  for (const activity of ['create', 'update', 'close'] as const)
    expect(problemsOfOcsf(ocsfOf(document, activity, now))).toEqual([]);
});

test('given any names, then both stay what they are', () => {
  const name = fc.string({ maxLength: 400, unit: 'binary' });
  fc.assert(
    fc.property(name, name, (layer, target) => {
      const document = findingOf(
        givenUpdate([`arn:aws:lambda:eu-west-3:999988887777:layer:${layer}:1`], {}, target),
      );
      expect(problemsOfAsff(asffOf(document, place, now))).toEqual([]);
      expect(problemsOfOcsf(ocsfOf(document, 'create', now))).toEqual([]);
    }),
  );
});

describe('one alert over its life', () => {
  const [, document] = samples[0] ?? [];
  if (document === undefined) throw new Error('no sample');
  const with_ = (fields: Partial<FindingDocument['layerwatch']>): FindingDocument => ({
    ...document,
    layerwatch: { ...document.layerwatch, ...fields },
  });

  test('given repeats, then the finding keeps its id and its beginning, and is updated later', () => {
    const first = asffOf(document, place, now);
    const later = asffOf(with_({ occurrences: 9 }), place, new Date(now.getTime() + 60_000));
    expect([later.Id, later.CreatedAt]).toEqual([first.Id, first.CreatedAt]);
    expect(later.UpdatedAt > first.UpdatedAt).toBe(true);
    expect(later.ProductFields['layerwatch/Occurrences']).toBe('9');
    expect(ocsfOf(with_({ occurrences: 9 }), 'update', now)).toMatchObject({
      activity_id: 2,
      type_uid: 200_402,
      count: 9,
      finding_info: { uid: first.Id },
    });
  });

  test('given a closed alert, then the finding is archived and resolved; opened again, it is active and new', () => {
    expect(asffOf(with_({ status: 'closed' }), place, now).RecordState).toBe('ARCHIVED');
    expect(asffOf(with_({ status: 'open' }), place, now).RecordState).toBe('ACTIVE');
    expect(ocsfOf(with_({ status: 'closed' }), 'close', now)).toMatchObject({ activity_id: 3, status_id: 4 });
    expect(ocsfOf(with_({ status: 'open' }), 'update', now)).toMatchObject({ activity_id: 2, status_id: 1 });
  });

  test('given a function of a member account, then the importing account owns the finding and the resource names the function', () => {
    const finding = asffOf(document, { ...place, account: '555566667777' }, now);
    expect(finding).toMatchObject({
      AwsAccountId: '555566667777',
      ProductArn: 'arn:aws:securityhub:eu-west-3:555566667777:product/555566667777/default',
      Resources: [{ Type: 'AwsLambdaFunction', Id: document.layerwatch.target.arn }, {}],
    });
  });
});
