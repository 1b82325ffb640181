import { randomUUID } from 'node:crypto';
import type { StoredAlert } from '../../lambda/detection/alert';
import { withContribution } from '../../lambda/detection/fold-alert';
import { assigneeOf, maxHistoryEntries, type TriageAction } from '../../lambda/detection/triage';
import { AlertTriage } from '../../lambda/pipeline/triage-alert';
import { alertRecordOf } from '../fixtures/finding';
import { givenUpdate, layerVersion } from '../fixtures/records';
import type { OpenedStores, Stores } from '../harness/stores';

const foreign = layerVersion('boto-utils', 3, '999988887777');
const now = new Date('2026-10-06T21:15:00Z');

/** What every store has to do for people's decisions. */
export function triageContract(open: () => Promise<OpenedStores>): void {
  let opened: OpenedStores;
  let stores: Stores;
  let triage: AlertTriage;
  beforeAll(async () => {
    opened = await open();
    stores = opened.stores({ now: () => now });
    triage = new AlertTriage(stores.alerts);
  });
  afterAll(() => opened.close());

  async function stored(name = `function-${randomUUID()}`): Promise<StoredAlert> {
    const alert = alertWith(undefined, name);
    await stores.alerts.write(alert, undefined);
    return present(alert.alertId);
  }

  async function present(alertId: string): Promise<StoredAlert> {
    const alert = await stores.alerts.read(alertId);
    if (alert === undefined) throw new Error(`no alert ${alertId}`);
    return alert;
  }

  const entry = (action: TriageAction, reason?: string) => ({
    at: '2026-10-06T22:00:00Z',
    by: 'arn:aws:iam::123456789012:user/ana',
    action,
    ...(reason === undefined ? {} : { reason }),
  });

  test('given a decision, then status and history are read back', async () => {
    const alert = await stored();
    await triage.write(alert, entry('close', 'planned'), 'closed');
    const { status, history } = await present(alert.alertId);
    expect({ status, history }).toEqual({ status: 'closed', history: [entry('close', 'planned')] });
  });

  test('given a person who is assigned, then the alert has the name until it is taken off', async () => {
    const { alertId } = await stored();
    await triage.write(await present(alertId), entry('assign', 'ana'), 'open');
    await triage.write(await present(alertId), entry('acknowledge'), 'acknowledged');
    const assigned = await present(alertId);
    await triage.write(assigned, entry('unassign'), assigned.status);
    const released = await present(alertId);
    expect([assigneeOf(assigned), assigneeOf(released), released.status]).toEqual([
      'ana',
      undefined,
      'acknowledged',
    ]);
  });

  test('given two people who read the same, then the second one is refused', async () => {
    const alert = await stored();
    await triage.write(alert, entry('acknowledge'), 'acknowledged');
    expect(await triage.write(alert, entry('close'), 'closed')).toBe('conflict');
  });

  test('given notes at the same time that leave the status, then none is lost to another', async () => {
    const alert = await stored();
    const note = async (reason: string): Promise<void> => {
      const read = () => present(alert.alertId);
      while ((await triage.write(await read(), entry('restore', reason), 'open')) === 'conflict');
    };
    await Promise.all(['a', 'b', 'c', 'd'].map(note));
    const { history } = await present(alert.alertId);
    expect(history.map(({ reason }) => reason).sort()).toEqual(['a', 'b', 'c', 'd']);
  });

  test('given a repeat that was counted since the alert was read, then the decision holds', async () => {
    const read = await stored();
    await stores.alerts.write({ ...read, recordIds: new Set([...read.recordIds, 'repeat']) }, read);
    expect(await triage.write(read, entry('close'), 'closed')).toBe('written');
  });

  test('given news since the alert was read, then the decision is refused', async () => {
    const read = await stored();
    await stores.alerts.write({ ...read, news: new Map([...read.news, ['again', 'owed']]) }, read);
    expect(await triage.write(read, entry('close'), 'closed')).toBe('conflict');
  });

  test('given news of a closed alert, then it is open again, and its history says why', async () => {
    const name = `function-${randomUUID()}`;
    const read = await stored(name);
    await triage.write(read, entry('close', 'planned'), 'closed');
    const closed = await present(read.alertId);
    await stores.alerts.write(alertWith(closed, name), closed);
    const { status, history } = await present(read.alertId);
    expect({ status, last: history.at(-1)?.by }).toEqual({ status: 'open', last: 'layerwatch' });
  });

  test('given more decisions than an item keeps, then the latest stay', async () => {
    const { alertId } = await stored();
    for (let count = 0; count <= maxHistoryEntries; count++)
      await triage.write(await present(alertId), entry('restore', String(count)), 'open');
    const { history } = await present(alertId);
    expect(history).toHaveLength(maxHistoryEntries);
    expect(history.at(-1)).toMatchObject({ reason: String(maxHistoryEntries) });
  });
}

/** The alert with one more attach of a foreign layer. */
function alertWith(alert: StoredAlert | undefined, name: string): StoredAlert {
  const finding = alertRecordOf(givenUpdate([foreign], {}, name), {}, { before: [] });
  return withContribution(
    alert,
    {
      counted: { recordId: finding.recordId, bucket: undefined },
      judged: [{ finding, sameNews: [] }],
      historyVersion: 0,
      isComplete: false,
      exporters: [],
    },
    now,
  );
}
