import { readWorkflowEvent } from '../../lambda/detection/workflow-decision';
import { asffOf, productArnOf } from '../../lambda/notification/asff';
import { handleWorkflowEvent } from '../../lambda/pipeline/take-workflow-decision';
import { AlertTriage } from '../../lambda/pipeline/triage-alert';
import { givenUpdate, layerVersion } from '../fixtures/records';
import { type LoopbackExports, startLoopbackExports } from '../harness/loopback-exports';
import { PipelineHarness } from '../harness/pipeline-harness';

const foreign = layerVersion('boto-utils', 3, '999988887777');
const place = { partition: 'aws', region: 'eu-west-3', account: '123456789012' };
const own = { ...place, productArn: productArnOf(place) };

describe('a finding that is resolved or suppressed in Security Hub', () => {
  let bench: PipelineHarness;
  let hub: LoopbackExports;
  let alertId: string;
  beforeEach(async () => {
    bench = await PipelineHarness.start();
    const accepted = { status: 200, body: { FailedCount: 0, FailedFindings: [] } };
    hub = await startLoopbackExports('securityhub', () => accepted, bench.ports.clock);
    alertId = await attach('2026-10-06T21:00:00Z');
  });
  afterEach(() => bench.stop());

  async function attach(eventTime: string, layers = [foreign]): Promise<string> {
    const outcome = await bench.processWith({ exporters: hub.exporters }, givenUpdate(layers, { eventTime }));
    if (outcome.kind !== 'alert') throw new Error('no alert');
    return outcome.alertId;
  }

  const now = () => bench.ports.clock.now().toISOString();

  /** The event as Security Hub sends it: the finding as it was imported, with what people set. */
  async function eventOf(status: string, changes: object = {}, time = now()) {
    const finding = asffOf(await bench.document(alertId), place, new Date(time));
    return {
      version: '0',
      id: 'CWE-event-id',
      'detail-type': 'Security Hub Findings - Imported',
      source: 'aws.securityhub',
      account: place.account,
      region: place.region,
      time: `${time.slice(0, 19)}Z`,
      resources: [],
      detail: { findings: [{ ...finding, Workflow: { Status: status } }] },
      ...changes,
    };
  }

  async function deliver(event: unknown): Promise<void> {
    const read = readWorkflowEvent(event, own);
    if (read === undefined) throw new Error('no event of Security Hub');
    await handleWorkflowEvent(read, { ...bench.ports, exporters: hub.exporters });
  }

  const stored = async () => {
    const alert = await bench.ports.alerts.read(alertId);
    if (alert === undefined) throw new Error('no alert');
    return alert;
  };

  test.each(['RESOLVED', 'SUPPRESSED'])(
    'given %s, then the alert is closed, and says by what',
    async (status) => {
      bench.advanceSeconds(60);
      await deliver(await eventOf(status));
      expect(await stored()).toMatchObject({
        status: 'closed',
        history: [{ by: 'Security Hub', action: 'close', reason: `workflow status ${status}` }],
      });
    },
  );

  test.each(['NEW', 'NOTIFIED', 'UNKNOWN'])('given %s, then the alert stays open', async (status) => {
    bench.advanceSeconds(60);
    await deliver(await eventOf(status));
    expect(await stored()).toMatchObject({ status: 'open', history: [] });
  });

  test('given a note on the finding, then it is the reason', async () => {
    bench.advanceSeconds(60);
    const event = await eventOf('RESOLVED');
    const [finding] = event.detail.findings;
    await deliver({ ...event, detail: { findings: [{ ...finding, Note: { Text: 'known deploy' } }] } });
    expect((await stored()).history).toMatchObject([{ reason: 'workflow status RESOLVED: known deploy' }]);
  });

  test('given the event twice, then the alert is closed once', async () => {
    bench.advanceSeconds(60);
    const event = await eventOf('RESOLVED');
    await deliver(event);
    await deliver(event);
    expect((await stored()).history).toHaveLength(1);
  });

  test('given it, then the finding is archived', async () => {
    bench.advanceSeconds(60);
    await deliver(await eventOf('RESOLVED'));
    expect(hub.calls.flat().map(({ RecordState }) => RecordState)).toEqual(['ACTIVE', 'ARCHIVED']);
  });

  test('given a decision that a person made later, then it stands', async () => {
    bench.advanceSeconds(60);
    const event = await eventOf('SUPPRESSED');
    bench.advanceSeconds(60);
    const triage = new AlertTriage(bench.ports.alerts);
    await triage.write(await stored(), { at: now(), by: 'ana', action: 'acknowledge' }, 'acknowledged');
    await deliver(event);
    expect((await stored()).status).toBe('acknowledged');
  });

  test('given news that people were notified of later, then the alert stays open', async () => {
    const event = await eventOf('SUPPRESSED', {}, '2026-10-06T21:05:00.000Z');
    await deliver(event);
    expect((await stored()).status).toBe('open');
  });

  test('given an alert that news opened again, then the same status does not close it', async () => {
    bench.advanceSeconds(60);
    await deliver(await eventOf('SUPPRESSED'));
    await attach('2026-10-06T21:01:00Z', []);
    await attach('2026-10-06T21:02:00Z');
    expect((await stored()).status).toBe('open');
    bench.advanceSeconds(60);
    await deliver(await eventOf('SUPPRESSED'));
    expect((await stored()).status).toBe('open');
  });

  test('given an event with our finding from another account, then it is not believed, and counts as tampering', async () => {
    bench.advanceSeconds(60);
    await deliver(await eventOf('RESOLVED', { account: '999988887777' }));
    expect((await stored()).status).toBe('open');
    expect(bench.observer.counts.get('Tampering')).toBe(1);
  });

  test.each([
    ['of another product', { ProductArn: 'arn:aws:securityhub:eu-west-3::product/aws/guardduty' }],
    ['without an id of an alert', { Id: 'arn:aws:something' }],
    ['of an alert that is gone', { Id: 'f'.repeat(64) }],
  ])('given a finding %s, then nothing happens', async (_, changes) => {
    bench.advanceSeconds(60);
    const event = await eventOf('RESOLVED');
    const [finding] = event.detail.findings;
    await deliver({ ...event, detail: { findings: [{ ...finding, ...changes }] } });
    expect((await stored()).status).toBe('open');
  });

  test.each([
    ['no findings', { detail: {} }],
    ['no time', { time: 'soon' }],
    ['findings that are no list', { detail: { findings: 'all' } }],
  ])('given an event with %s, then nothing happens', async (_, changes) => {
    bench.advanceSeconds(60);
    await deliver(await eventOf('RESOLVED', changes));
    expect((await stored()).status).toBe('open');
  });

  test.each([
    ['another detail-type', { 'detail-type': 'Security Hub Findings - Custom Action' }],
    ['another source', { source: 'layerwatch' }],
  ])('given an event of %s, then it is none of Security Hub', async (_, changes) => {
    expect(readWorkflowEvent(await eventOf('RESOLVED', changes), own)).toBeUndefined();
  });
});
