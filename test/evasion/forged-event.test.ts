import { emailOf } from '../../lambda/notification/email';
import { subjectOf } from '../../lambda/notification/subject';
import { account, givenCreate, givenEnvelope, givenUpdate, layerVersion, region } from '../fixtures/records';
import type { PipelineHarness as Bench } from '../harness/pipeline-harness';
import { PipelineHarness } from '../harness/pipeline-harness';

/**
 * A principal that may put events on the hub's bus may make one up: to frame somebody, to hide a layer behind an invented baseline, or
 * to drown the alerts. It fails: EventBridge says in which account an event arose, and a record that claims another is reported as
 * forged and believed in nothing.
 */
const member = '210987654321';
const foreign = layerVersion('boto-utils', 3, '999988887777');

const forged = (detail: Readonly<Record<string, unknown>>, envelope = {}) => ({
  ...givenEnvelope(detail),
  account: member,
  ...envelope,
});

let bench: Bench;
beforeEach(async () => {
  bench = await PipelineHarness.start();
});
afterEach(() => bench.stop());

test.each<[string, Readonly<Record<string, unknown>>]>([
  ['another account', forged(givenUpdate([foreign]))],
  ['another region', forged(givenUpdate([foreign], { recipientAccountId: member }), { region: 'us-east-1' })],
  [
    'another source',
    forged(givenUpdate([foreign], { recipientAccountId: member }), { source: 'aws.cloudtrail' }),
  ],
  ['a failed call of another account', forged(givenUpdate([foreign], { errorCode: 'AccessDenied' }))],
])('given an event that claims %s, then it is reported as forged', async (_, event) => {
  const outcome = await bench.process(event);
  if (outcome.kind !== 'alert') throw new Error('no alert');
  const { layerwatch, message } = outcome.alert.judgedDocument;
  expect(layerwatch).toMatchObject({
    target: { type: 'resource', account: member },
    change: { kind: 'tampering', action: 'ForgedEvent', layers: [] },
    risk: { band: 'critical' },
    disposition: 'notify',
  });
  expect(message).toMatch(
    /^A forged event of account 210987654321 was put on the bus: the record claims to be of/,
  );
  expect(emailOf(outcome.alert.judgedDocument, {})).toContain('Nothing of the event was believed');
  expect(emailOf(outcome.alert.judgedDocument, {})).toContain('Who: claimed, not believed: role ci-deploy');
  expect(message).not.toContain('ci-deploy');
  expect(subjectOf(outcome.alert.judgedDocument)).toMatch(
    /^CRITICAL: forged event of account 210987654321 \(/,
  );
});

test('given an invented creation with the attacker’s layer, then the real attack is notified as if it had never come', async () => {
  await bench.process(forged(givenCreate([foreign], { eventTime: '2026-10-06T20:00:00Z' })));
  const real = givenEnvelope(givenUpdate([foreign], { eventTime: '2026-10-06T21:00:00Z' }));
  const outcome = await bench.process(real);
  expect(outcome).toMatchObject({
    notification: 'sent',
    alert: { judgedDocument: { layerwatch: { change: { kind: 'before-unknown' } } } },
  });
});

test('given events that fit their envelopes, of the own account and of a member, then each is notified as what it is', async () => {
  const own = await bench.process(givenEnvelope(givenUpdate([foreign])));
  const functionArn = ['arn:aws:lambda', region, member, 'function', 'payments'].join(':');
  const detail = givenUpdate([foreign], { recipientAccountId: member, responseElements: { functionArn } });
  const members = await bench.process(forged(detail));
  for (const [outcome, owner] of [
    [own, account],
    [members, member],
  ] as const)
    expect(outcome).toMatchObject({
      alert: { judgedDocument: { layerwatch: { target: { account: owner, name: 'payments' } } } },
    });
});
