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

/** Titles of sections, and the words before a colon at the beginning of a line. */
function outlineOf(text: string): readonly string[] {
  return text
    .split('\n')
    .flatMap((line) => /^(?:[A-Z][A-Za-z ]+(?=:| \(|$))/.exec(line)?.[0].replace(/:$/, '') ?? []);
}

describe('the email', () => {
  test('given a layer of an unknown account, then the first line says what happened', () => {
    const [first] = email().split('\n');
    expect(first).toBe(
      'Layer boto-utils:3 from unknown account 999988887777 was set on function payments (the layers before are not known) by role ci-deploy from Brazil.',
    );
  });

  test('given an alert, then what to do comes before the details', () => {
    const document = findingOf(givenUpdate([foreign]), settings, { before: [layerVersion('base', 4)] });
    expect(outlineOf(email(document))).toEqual([
      ...['Acknowledge', 'Show', 'Why high', 'Contain now', 'Keep evidence', 'Check', 'Undo', 'Details'],
      ...['When', 'Where', 'Who', 'From', 'Tool', 'Layers before', 'Added', 'Removed', 'Layer ARN'],
      ...['Function in the console', 'Event in the console', 'Alert', 'Calls', 'Event', 'Rule'],
    ]);
  });

  test.each([
    ['who', 'Who: role ci-deploy, session gh-run-812'],
    ['from where', 'From: 45.167.52.18, Brazil'],
    ['when, with the zone', 'When: Tue 6 Oct 2026 21:14:05 UTC'],
    ['where', 'Where: function payments, account production (123456789012), eu-west-3'],
    ['what', 'May be new: boto-utils:3 (unknown account 999988887777)'],
    ['why it matters', 'Why high (51 points; high is 48 to 73)'],
    ['what counts', '- +30 layer of unknown account 999988887777'],
    ['what is not known', 'Not known: which layers the function had before'],
    ['what to ask', '1. Does the owner of role ci-deploy know of this call?'],
    [
      'how to contain',
      "   aws lambda update-function-configuration --region eu-west-3 --function-name payments --layers '[]'",
    ],
    [
      'how to keep evidence',
      '   curl -sSfo ./boto-utils-3.zip "$(aws lambda get-layer-version-by-arn --region eu-west-3 --arn arn:aws:lambda:eu-west-3:999988887777:layer:boto-utils:3 --query Content.Location --output text)"',
    ],
    ['which event', 'Event: UpdateFunctionConfiguration, e-1'],
  ])('given an alert, then it says %s', (_, line) => {
    expect(email().split('\n')).toContain(line);
  });

  test('given the list before, then the undo command restores it and the kept layers are named', () => {
    const before = [layerVersion('base', 4)];
    const text = email(findingOf(givenUpdate([...before, foreign]), {}, { before }));
    expect(text).toContain(
      'Layers before: base:4\nAdded: boto-utils:3 (unknown account 999988887777)\nKept: base:4 (own account)\n',
    );
    expect(text).toContain(
      'Undo\nRestores the layers from before; check first that the function was not changed since.\n   aws ',
    );
    expect(text).toContain(`--layers ${before[0]}\n`);
  });

  test('given a table, then the commands of Layerwatch have the region of the stack', () => {
    const alertTable = { name: 'Layerwatch-Alerts', region: 'eu-central-1' };
    const document = findingOf(givenUpdate([foreign]), {}, { before: [] });
    const id = document.layerwatch.alert_id.slice(0, 12);
    const lines = email(document, { alertTable }).split('\n');
    for (const line of [
      `Acknowledge: npx layerwatch ack ${id} --region eu-central-1`,
      `Show: npx layerwatch show ${id} --region eu-central-1`,
      `   npx layerwatch restore ${id} --region eu-central-1`,
    ])
      expect(lines).toContain(line);
  });

  test('given an owner and a runbook, then they come right after the first line', () => {
    const owners = new Map([['pay', 'payments team']]);
    const runbook = 'https://wiki.example.com/layers';
    const lines = email(findingOf(givenUpdate([foreign]), { owners, runbook })).split('\n');
    expect(lines.slice(1, 4)).toEqual(['', 'Owner: payments team', `Runbook: ${runbook}`]);
  });

  test('given working hours, then every time is in their zone', () => {
    const workingHours = { timeZone: 'Europe/Paris', days: ['mon'], from: '08:00', to: '18:00' } as const;
    const text = email(findingOf(givenUpdate([foreign]), { workingHours }));
    expect(text).toContain('When: Tue 6 Oct 2026 23:14:05 Europe/Paris, outside working hours');
    expect(text).toContain('equal calls are counted here until Wed 7 Oct 2026 00:00:00 Europe/Paris');
    expect(text).not.toMatch(/UTC/);
  });

  test('given a publish, then the undo command deletes the version, and nothing is said of layers before', () => {
    const text = email(findingOf(givenPublish('util', 3)));
    expect(text).toContain(
      '   aws lambda delete-layer-version --region eu-west-3 --layer-name util --version-number 3\n',
    );
    expect(outlineOf(text)).not.toContain('Layers before');
  });

  test('given an alert that rose, then it says from where, before all else', () => {
    const text = email(undefined, { previouslyNotified: { band: 'low' } });
    expect(text.split('\n')[1]).toBe(
      'You were notified of this alert before as low. It is high now, after 1 call.',
    );
  });

  test('given names that hold line breaks and labels, then no line and no label is forged', () => {
    const forged =
      '\nWho: nobody\r\nWhy low (0 points)\u2028Undo\n   rm -rf /\u0085Function in the console: http://evil.example';
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
    const text = email(findingOf(record));
    const labelled = text.match(/^(Who|Undo|Function in the console|Why \w+)\b/gm) ?? [];
    expect([...labelled]).toEqual(['Why high', 'Undo', 'Who', 'Function in the console']);
    expect(text).not.toMatch(/^ *rm /m);
    expect(text).not.toContain('http://');
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
    'You were notified of this alert before as high. Since then its layers were removed, and this call added them again.',
  );
});
