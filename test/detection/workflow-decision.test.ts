import type { StoredAlert } from '../../lambda/detection/alert';
import { withContribution } from '../../lambda/detection/fold-alert';
import type { TriageEntry } from '../../lambda/detection/triage';
import {
  closingEntryOf,
  generatorPrefix,
  readWorkflowEvent,
  type WorkflowDecision,
  workflowEventPattern,
} from '../../lambda/detection/workflow-decision';
import { alertRecordOf } from '../fixtures/finding';
import { givenUpdate, layerVersion } from '../fixtures/records';

const own = {
  productArn: 'arn:aws:securityhub:eu-west-3:123456789012:product/123456789012/default',
  account: '123456789012',
  region: 'eu-west-3',
};
const alertId = 'a'.repeat(64);
const time = '2026-10-06T22:00:00.000Z';
const finding = { Id: alertId, ProductArn: own.productArn, Workflow: { Status: 'RESOLVED' } };

function givenEvent(findings: unknown, changes: object = {}): unknown {
  return {
    source: 'aws.securityhub',
    'detail-type': 'Security Hub Findings - Imported',
    account: own.account,
    region: own.region,
    time: '2026-10-06T22:00:00Z',
    detail: { findings },
    ...changes,
  };
}

const none = { kind: 'decisions', decisions: [] };

describe('an event of Security Hub', () => {
  test.each(['RESOLVED', 'SUPPRESSED'])('given a finding that is %s, then that is the decision', (Status) => {
    expect(readWorkflowEvent(givenEvent([{ ...finding, Workflow: { Status } }]), own)).toEqual({
      kind: 'decisions',
      decisions: [{ alertId, status: Status, note: undefined, at: time }],
    });
  });

  test('given a note, then the decision has it', () => {
    const noted = { ...finding, Note: { Text: 'known deploy', UpdatedBy: 'ana' } };
    expect(readWorkflowEvent(givenEvent([noted]), own)).toMatchObject({
      decisions: [{ note: 'known deploy' }],
    });
  });

  test('given several findings, then each of its own', () => {
    const other = { ...finding, Id: 'b'.repeat(64), Workflow: { Status: 'SUPPRESSED' } };
    expect(readWorkflowEvent(givenEvent([finding, { Id: 1 }, other]), own)).toMatchObject({
      decisions: [{ alertId }, { alertId: other.Id, status: 'SUPPRESSED' }],
    });
  });

  test.each([
    ['a status that ends nothing', [{ ...finding, Workflow: { Status: 'NEW' } }]],
    ['no status', [{ ...finding, Workflow: undefined }]],
    ['another product', [{ ...finding, ProductArn: 'arn:aws:securityhub:eu-west-3::product/aws/guardduty' }]],
    ['an id that is too short', [{ ...finding, Id: 'a'.repeat(63) }]],
    ['an id that is too long', [{ ...finding, Id: 'a'.repeat(65) }]],
    ['an id that begins otherwise', [{ ...finding, Id: `x${alertId}` }]],
    ['no id', [{ ...finding, Id: undefined }]],
    ['nothing', []],
    ['no list', 'all'],
    ['null', null],
  ])('given %s, then there is no decision', (_, findings) => {
    expect(readWorkflowEvent(givenEvent(findings), own)).toEqual(none);
  });

  test.each([
    ['no time', undefined],
    ['a time that is none', 'soon'],
  ])('given %s, then there is no decision', (_, at) => {
    expect(readWorkflowEvent(givenEvent([finding], { time: at }), own)).toEqual(none);
  });

  test.each([
    ['another source', { source: 'layerwatch' }],
    ['another detail-type', { 'detail-type': 'Security Hub Findings - Custom Action' }],
  ])('given %s, then it is none of Security Hub', (_, changes) => {
    expect(readWorkflowEvent(givenEvent([finding], changes), own)).toBeUndefined();
  });

  test.each([undefined, null, 'text', 7, []])('given %j, then it is none of Security Hub', (value) => {
    expect(readWorkflowEvent(value, own)).toBeUndefined();
  });

  test.each([
    ['another account', { account: '999988887777' }, '999988887777, eu-west-3'],
    ['another region', { region: 'us-east-1' }, '123456789012, us-east-1'],
    ['no account', { account: undefined }, 'undefined, eu-west-3'],
  ])('given our finding from %s, then it is forged', (_, changes, from) => {
    expect(readWorkflowEvent(givenEvent([finding], changes), own)).toEqual({
      kind: 'forged',
      reason: `findings of this account came from ${from}`,
    });
  });

  test('given findings of others from elsewhere, then nothing is forged', () => {
    const other = { ...finding, ProductArn: 'arn:aws:securityhub:us-east-1::product/aws/guardduty' };
    expect(readWorkflowEvent(givenEvent([other], { region: 'us-east-1' }), own)).toEqual(none);
  });

  test('is selected by what is asked of EventBridge', () => {
    expect(workflowEventPattern).toEqual({
      source: ['aws.securityhub'],
      'detail-type': ['Security Hub Findings - Imported'],
      detail: {
        findings: {
          GeneratorId: [{ prefix: generatorPrefix }],
          Workflow: { Status: ['RESOLVED', 'SUPPRESSED'] },
        },
      },
    });
    expect(generatorPrefix).toBe('layerwatch/');
  });
});

describe('the entry that closes an alert', () => {
  function givenAlert(changes: Partial<StoredAlert> = {}): StoredAlert {
    const record = alertRecordOf(givenUpdate([layerVersion('boto-utils', 3, '999988887777')]));
    const counted = { recordId: record.recordId, bucket: undefined };
    const judged = [{ finding: record, sameNews: [] }] as const;
    const contribution = { counted, judged, historyVersion: 0, isComplete: false, exporters: [] };
    const alert = withContribution(undefined, contribution, new Date(time));
    return { ...alert, news: new Map([[record.recordId, 'notified']]), ...changes };
  }

  const decision: WorkflowDecision = { alertId, status: 'RESOLVED', note: undefined, at: time };
  const entry = (at: string, changes: Partial<TriageEntry> = {}): TriageEntry => ({
    at,
    by: 'ana',
    action: 'reopen',
    ...changes,
  });
  const before = '2026-10-06T21:59:59.000Z';
  const after = '2026-10-06T22:00:01.000Z';
  const fromHub = { by: 'Security Hub', action: 'close' as const };

  test('given an open alert, then it names Security Hub and the status', () => {
    expect(closingEntryOf(givenAlert(), decision)).toEqual({
      at: time,
      by: 'Security Hub',
      action: 'close',
      reason: 'workflow status RESOLVED',
    });
  });

  test('given a note, then it is behind the status', () => {
    expect(closingEntryOf(givenAlert(), { ...decision, note: 'known' })).toMatchObject({
      reason: 'workflow status RESOLVED: known',
    });
  });

  test.each<[string, Partial<StoredAlert>]>([
    ['an acknowledged alert', { status: 'acknowledged' }],
    ['an earlier decision of a person', { history: [entry(before)] }],
    ['a decision of a person at the same time', { history: [entry(time)] }],
    ['a notification before', { notifiedAt: before }],
    ['a notification at the same time', { notifiedAt: time }],
    [
      'another status that closed it before',
      { history: [entry(before, { ...fromHub, reason: 'workflow status SUPPRESSED' })] },
    ],
    [
      'a person who gave the same reason',
      { history: [entry(before, { reason: 'workflow status RESOLVED' })] },
    ],
    ['a note of Security Hub without a reason', { history: [entry(before, fromHub)] }],
  ])('given %s, then it closes', (_, changes) => {
    expect(closingEntryOf(givenAlert(changes), decision)).toMatchObject({ action: 'close' });
  });

  test.each<[string, Partial<StoredAlert>, string]>([
    ['a closed alert', { status: 'closed' }, 'the alert is closed'],
    [
      'the same status that closed it before',
      { history: [entry(before, { ...fromHub, reason: 'workflow status RESOLVED: known' }), entry(before)] },
      'the alert was opened again since it was closed by this status',
    ],
    [
      'a later decision',
      { history: [entry(before), entry(before), entry(after)] },
      'a later decision is in the history of the alert',
    ],
    ['a later notification', { notifiedAt: after }, 'people were notified of the alert since'],
    [
      'a notification that is owed',
      { news: new Map([['one', 'owed']]) },
      'people were notified of the alert since',
    ],
  ])('given %s, then it does not close', (_, changes, refused) => {
    expect(closingEntryOf(givenAlert(changes), decision)).toEqual({ refused });
  });
});
