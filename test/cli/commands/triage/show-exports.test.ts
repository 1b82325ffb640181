import { formatAlert } from '../../../../cli/commands/triage/run-show';
import { withExports } from '../../../../lambda/detection/alert-exports';
import { withContribution } from '../../../../lambda/detection/fold-alert';
import { alertRecordOf } from '../../../fixtures/finding';
import { givenUpdate, layerVersion } from '../../../fixtures/records';

const at = '2026-10-06T21:16:00.000Z';
const table = { tableName: 'alerts', region: 'eu-west-3' };

function givenAlert() {
  const finding = alertRecordOf(givenUpdate([layerVersion('boto-utils', 3, '999988887777')]));
  const judged = [{ finding, sameNews: [] }] as const;
  const counted = { recordId: finding.recordId, bucket: undefined };
  const contribution = { counted, judged, historyVersion: 0, isComplete: false, exporters: ['securityhub'] };
  return withContribution(undefined, contribution, new Date(at));
}

test('given a finding that Security Hub refused, then show prints since when and why', () => {
  const refused = { outcome: 'refused', reason: 'InvalidInput, no such\u001b[31m type' } as const;
  const alert = withExports(givenAlert(), 1, new Map([['securityhub', refused]]), at);
  expect(formatAlert(alert, table)).toContain(
    'Not exported to securityhub since Tue 6 Oct 2026 21:16:00 UTC: InvalidInput, no such\\u{1b}[31m type',
  );
});

test('given a refusal and an acceptance behind it, then show prints nothing of it', () => {
  const refused = { outcome: 'refused', reason: 'InvalidInput' } as const;
  const alert = withExports(givenAlert(), 1, new Map([['securityhub', refused]]), at);
  const accepted = withExports(alert, 1, new Map([['securityhub', { outcome: 'accepted' }]]), at);
  expect(formatAlert(accepted, table).join('\n')).not.toContain('Not exported');
});
