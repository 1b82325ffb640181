import fc from 'fast-check';
import { refusalOf } from '../../cli/embedded/sns-rules';
import type { FindingDocument } from '../../lambda/detection/finding-document';
import { plainNotification, renderNotification, toSnsMessage } from '../../lambda/notification/message';
import type { Notification } from '../../lambda/ports';
import { findingOf } from '../fixtures/finding';
import { givenPublish, givenUpdate, layerVersion } from '../fixtures/records';

const foreign = layerVersion('boto-utils', 3, '999988887777');
const alertTable = { name: 'Layerwatch-Alerts', region: 'eu-west-3' };

function refusal(notification: Notification): string | undefined {
  return refusalOf(notification.subject, toSnsMessage(notification));
}

function machine(document: FindingDocument): FindingDocument {
  return JSON.parse(renderNotification(document, {}).bodies['sqs'] ?? '') as FindingDocument;
}

/** A record in which one path holds a hostile value. */
const hostileRecord = fc
  .record({
    value: fc.oneof(
      fc.jsonValue(),
      fc.string({ unit: 'binary', maxLength: 2_000 }),
      fc.string({ unit: 'binary', minLength: 1, maxLength: 20 }).map((text) => text.repeat(13_000)),
      fc.constantFrom(
        '\ud800'.repeat(80_000),
        '"'.repeat(250_000),
        '\u0000'.repeat(100_000),
        '__proto__',
        'constructor',
      ),
    ),
    path: fc.constantFrom(
      ['userAgent'],
      ['sourceIPAddress'],
      ['eventID'],
      ['eventTime'],
      ['awsRegion'],
      ['userIdentity'],
      ['userIdentity', 'arn'],
      ['userIdentity', 'userName'],
      ['requestParameters'],
      ['requestParameters', 'functionName'],
      ['requestParameters', 'layers'],
      ['requestParameters', 'layers', '0'],
      ['requestParameters', 'layerName'],
      ['requestParameters', '__proto__'],
      ['responseElements'],
      ['responseElements', 'functionArn'],
      ['responseElements', 'layerVersionArn'],
      ['responseElements', 'description'],
    ),
    base: fc.constantFrom(givenUpdate([foreign]), givenPublish('util', 3)),
  })
  .map(({ value, path, base }) => replaced(base, path, value));

function replaced(base: unknown, [key, ...rest]: readonly string[], value: unknown): unknown {
  if (key === undefined) return value;
  const copy = Array.isArray(base) ? [...base] : { ...(base as object) };
  const inner = replaced((base as Record<string, unknown> | undefined)?.[key], rest, value);
  Object.defineProperty(copy, key, { value: inner, enumerable: true, writable: true, configurable: true });
  return copy;
}

describe('the message', () => {
  test('given an alert, then people, Slack and machines each get theirs', () => {
    const { bodies } = renderNotification(findingOf(givenUpdate([foreign])), { alertTable });
    expect(Object.keys(bodies).sort()).toEqual(['default', 'email', 'firehose', 'https', 'lambda', 'sqs']);
    expect(bodies.default).toBe(bodies['email']);
    expect(bodies['lambda']).toBe(bodies['sqs']);
  });

  test('given an alert, then machines get the whole finding', () => {
    const document = findingOf(givenUpdate([foreign]));
    expect(machine(document)).toEqual(JSON.parse(JSON.stringify(document)));
  });

  test('given a record of 250 KB, then whole fields are left out and named, and the rest parses', () => {
    const document = findingOf(
      givenUpdate([foreign], {
        additional: 'x',
        requestParameters: { functionName: 'payments', layers: [foreign], description: '"'.repeat(250_000) },
      }),
    );
    expect(machine(document).layerwatch.omitted).toContain('aws.cloudtrail.request_parameters');
    expect(machine(document).layerwatch.alert_id).toBe(document.layerwatch.alert_id);
  });

  test('given a hostile value anywhere in a record, then SNS accepts the message and every body is whole', () => {
    fc.assert(
      fc.property(hostileRecord, (record) => {
        const document = findingOf(record);
        const notification = renderNotification(document, { alertTable, previouslyNotified: { band: null } });
        expect(refusal(notification)).toBeUndefined();
        expect(machine(document).layerwatch.alert_id).toBe(document.layerwatch.alert_id);
        JSON.parse(notification.bodies['https'] ?? '');
        expect(notification.bodies['email']).not.toMatch(/[^\n -~\u00a1-\u{10ffff}]/u);
      }),
      { numRuns: 300 },
    );
  });

  test('given a message that cannot be rendered, then the plain one names the alert for every subscriber', () => {
    const plain = plainNotification('a'.repeat(64));
    expect(refusal(plain)).toBeUndefined();
    for (const body of Object.values(plain.bodies)) expect(body).toContain('a'.repeat(64));
    expect(JSON.parse(plain.bodies['https'] ?? '')).toMatchObject({ version: '1.0', source: 'custom' });
  });
});
