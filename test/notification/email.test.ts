import { emailOf } from '../../lambda/notification/email';
import { renderNotification } from '../../lambda/notification/message';
import type { NotificationContext } from '../../lambda/ports';
import { findingOf } from '../fixtures/finding';
import { givenPublish, givenUpdate, layerVersion, roleIdentity } from '../fixtures/records';

const foreign = layerVersion('boto-utils', 3, '999988887777');
const settings = { accountNames: new Map([['123456789012', 'production']]) };

function email(
  document = findingOf(givenUpdate([foreign], { eventID: 'e-1' }), settings),
  context: NotificationContext = {},
) {
  return renderNotification(document, context).bodies['email'] ?? '';
}

const labels =
  /^(Who|From|Tool|When|Where|Before|Layers|Score|Unknown(?= {2})|Check|Undo|Links|Alert|Event|Rule)\b/gm;

function labelsOf(text: string): readonly string[] {
  return (text.match(labels) ?? []).map(String);
}

describe('the email', () => {
  test('given a layer of an unknown account, then the first line says it all', () => {
    const [first] = email().split('\n');
    expect(first).toBe(
      'Unknown account 999988887777 layer "boto-utils:3" was set on function "payments" (the layers before are not known) by role ci-deploy from Brazil - high (51).',
    );
  });

  test('given an alert, then one labelled line answers each question, in the order in which they are asked', () => {
    expect(labelsOf(email())).toEqual(
      'Who From Tool When Where Before Layers Score Unknown Check Undo Links Alert Event Rule'.split(' '),
    );
  });

  test.each([
    ['who', 'Who      role ci-deploy, session gh-run-812, no MFA'],
    ['from where', 'From     45.167.52.18, Brazil'],
    ['when', 'When     Tue 6 Oct 2026 21:14:05 UTC'],
    ['where', 'Where    production (123456789012), eu-west-3'],
    ['what', 'Layers   boto-utils:3  <- may be new, unknown account 999988887777'],
    ['why the score', 'Score    51 = 21 the rule + 30 layer of unknown account 999988887777'],
    ['what is unknown', 'Unknown  which layers the function had before'],
    ['what to ask', 'Check    1. Does the owner of role ci-deploy know of this call?'],
    [
      'how to undo',
      "Undo     aws lambda update-function-configuration --region eu-west-3 --function-name payments --layers '[]'",
    ],
  ])('given an alert, then it says %s', (_, line) => {
    expect(email().split('\n')).toContain(line);
  });

  test('given the list before, then the undo command puts it back and the kept layers are said', () => {
    const before = [layerVersion('base', 4)];
    const text = email(findingOf(givenUpdate([...before, foreign]), {}, { before }));
    expect(text).toContain('Before   base:4\nLayers   base:4        kept, own account\n');
    expect(text).toContain(
      `--layers ${before[0]}\n         (restores the layers from before; check first that the function was not changed since)`,
    );
  });

  test('given a publish, then the undo command deletes the version, and nothing is said of layers before', () => {
    const text = email(findingOf(givenPublish('util', 3)));
    expect(text).toContain(
      'Undo     aws lambda delete-layer-version --region eu-west-3 --layer-name util --version-number 3\n',
    );
    expect(labelsOf(text)).not.toContain('Before');
  });

  test('given an alert that rose, then it says from where, before all else', () => {
    const text = email(undefined, { previouslyNotified: { band: 'low' } });
    expect(text.split('\n')[1]).toBe(
      'You were notified of this alert before as low; it is high now, after 1 event.',
    );
  });

  test('given a table, then the alert is linked', () => {
    const alertTable = { name: 'Layerwatch-Alerts', region: 'eu-west-3' };
    expect(email(undefined, { alertTable })).toMatch(
      /Alert {10}https:\/\/eu-west-3\.console\.aws\.amazon\.com\/dynamodbv2\//,
    );
  });

  test('given names that hold line breaks and labels, then no line and no label is forged', () => {
    const forged = '\nWho      nobody\r\nScore    0\u2028Undo     rm -rf /\u0085Links    http://evil.example';
    const record = givenUpdate(
      [`arn:aws:lambda:eu-west-3:999988887777:layer:x${forged}:3`, forged],
      {
        userAgent: forged,
        sourceIPAddress: forged,
        eventID: forged,
        awsRegion: forged,
        userIdentity: {
          ...roleIdentity,
          arn: `arn:aws:sts::1:assumed-role/a${forged}/b${forged}`,
          principalId: forged,
        },
      },
      `f${forged}`,
    );
    const labelled = labelsOf(email(findingOf(record)));
    expect(labelled).toEqual([...new Set(labelled)]);
    expect(email(findingOf(record))).not.toMatch(/^(Who {6}nobody|Score {4}0$|Links {4}http:)/m);
  });

  test('given 10,000 layers, then ten are shown and the rest is counted', () => {
    const layers = Array.from({ length: 10_000 }, (_, index) =>
      layerVersion(`layer-${index}`, 1, '999988887777'),
    );
    const text = email(findingOf(givenUpdate(layers)));
    expect(text).toContain('and 9990 more');
    expect(text.length).toBeLessThan(12_000);
  });
});

test('given an alert whose layers were put on again, then the second line says so', () => {
  const foreign = layerVersion('boto-utils', 3, '999988887777');
  const document = findingOf(givenUpdate([foreign]), {}, { before: [] });
  expect(emailOf(document, { previouslyNotified: { band: 'high' } }).split('\n')[1]).toBe(
    'You were notified of this alert before as high; since then its layers were taken off, and this call put them on again.',
  );
});
