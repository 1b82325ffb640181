import type { FindingDocument } from '../../lambda/detection/finding-document';
import { attackVersion } from '../../lambda/detection/rule';
import { ocsfOf } from '../../lambda/notification/ocsf';
import { findingOf } from '../fixtures/finding';
import { looked } from '../fixtures/looked-up';
import { account, givenUpdate, layerVersion, roleIdentity, userIdentity } from '../fixtures/records';

const now = new Date('2026-10-06T21:20:00Z');
const foreign = layerVersion('boto-utils', 3, '999988887777');
const base = layerVersion('base', 1);
const sha256 = 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855';

const document = looked(findingOf(givenUpdate([base, foreign], { eventID: 'e-1' }), {}, { before: [base] }));

function eventOf(given: FindingDocument = document) {
  return ocsfOf(given, 'create', now);
}

describe('the event of a layer that was added', () => {
  test('given the layer, then it is a resource with its ARN, version, account and hash, beside the function', () => {
    expect(eventOf().resources).toEqual([
      expect.objectContaining({ type: 'function', uid: document.layerwatch.target.arn, role_id: 3 }),
      {
        type: 'layer',
        name: 'boto-utils:3',
        uid: foreign,
        version: '3',
        region: 'eu-west-3',
        cloud_partition: 'aws',
        owner: { account: { uid: '999988887777', type_id: 10 } },
        role_id: 4,
        data: { change: 'added', provenance: 'unknown-account', sha256 },
      },
    ]);
  });

  test('given what Lambda says of the layer, then its archive is evidence', () => {
    expect(eventOf().evidences[1]).toEqual({
      file: { name: 'boto-utils:3', type_id: 1, hashes: [{ algorithm_id: 3, value: sha256 }] },
    });
  });

  test('given a session of a role, then the actor is the role, and the session has its credential', () => {
    expect(eventOf().evidences[0]).toMatchObject({
      actor: {
        user: {
          name: 'ci-deploy',
          type: 'AssumedRole',
          type_id: 99,
          uid: `arn:aws:iam::${account}:role/ci-deploy`,
          uid_alt: 'AROAEXAMPLE0000000001:gh-run-812',
          credential_uid: 'ASIAEXAMPLE000000001',
          account: { uid: account },
        },
        session: {
          uid: 'gh-run-812',
          uid_alt: roleIdentity['arn'],
          credential_uid: 'ASIAEXAMPLE000000001',
          is_mfa: false,
        },
      },
    });
  });

  test('given a user with a key, then the actor is the user, without a session', () => {
    const [evidence] = eventOf(findingOf(givenUpdate([foreign], { userIdentity }))).evidences;
    expect(evidence).toMatchObject({
      actor: { user: { name: 'eve', type_id: 1, uid: userIdentity['arn'] } },
    });
    expect(evidence).not.toHaveProperty('actor.session');
  });

  test('given the observables, then each is the value of the attribute that it names', () => {
    const event = eventOf();
    expect(event.observables.map(({ name }) => name)).toEqual(
      expect.arrayContaining([
        'evidences.src_endpoint.ip',
        'evidences.actor.user.credential_uid',
        'evidences.file.hashes.value',
        'resources.uid',
      ]),
    );
    for (const { name, value } of event.observables)
      expect(valuesAt(event, name.split('.'))).toContain(value);
  });

  test('given the title, then it says what was done to which function', () => {
    expect(eventOf().finding_info.title).toContain('unknown layer on payments');
  });

  test('given the command that takes it back, then the remediation has it as it was built', () => {
    const [command = ''] = document.layerwatch.undo.commands;
    expect(eventOf().remediation.desc.split('\n')).toContain(command);
  });

  test('given the matrix, then its version is the one of the rules', () => {
    expect(eventOf().finding_info.attacks[0]).toMatchObject({
      version: attackVersion,
      technique: { uid: 'T1648' },
    });
  });
});

test('given create, update and close, then each event has an id of its own, and all name the alert and the call', () => {
  const events = (['create', 'update', 'close'] as const).map((activity) => ocsfOf(document, activity, now));
  expect(new Set(events.map(({ metadata }) => metadata.uid)).size).toBe(3);
  for (const { metadata } of events)
    expect(metadata).toMatchObject({
      original_event_uid: 'e-1',
      correlation_uid: document.layerwatch.alert_id,
    });
});

/** The values at a dotted path, through every list on the way. */
function valuesAt(value: unknown, path: readonly string[]): readonly unknown[] {
  if (Array.isArray(value)) return value.flatMap((item) => valuesAt(item, path));
  const [name, ...rest] = path;
  if (name === undefined) return [value];
  if (typeof value !== 'object' || value === null) return [];
  return valuesAt(Object.entries(value).find(([key]) => key === name)?.[1], rest);
}
