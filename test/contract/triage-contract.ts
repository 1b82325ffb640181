import { randomUUID } from 'node:crypto';
import { DynamoDbAlertCatalogue } from '../../lambda/aws/dynamodb-alert-catalogue';
import { DynamoDbAlertStore } from '../../lambda/aws/dynamodb-alert-store';
import { DynamoDbTriage } from '../../lambda/aws/dynamodb-triage';
import { FoldingOverflow } from '../../lambda/aws/folding-overflow';
import type { TriagedAlert } from '../../lambda/aws/triage-item';
import type { Finding } from '../../lambda/detection/alert';
import type { TriageAction } from '../../lambda/detection/triage';
import { maxHistoryEntries } from '../../lambda/detection/triage';
import { alertRecordOf } from '../fixtures/finding';
import { givenUpdate, layerVersion } from '../fixtures/records';
import type { ConnectedStore } from './alert-store-contract';

const foreign = layerVersion('boto-utils', 3, '999988887777');

/** What every DynamoDB has to do for people's decisions and lists; run on each that is at hand. */
export function triageContract(connect: () => Promise<ConnectedStore>): void {
  let store: ConnectedStore;
  let alerts: DynamoDbAlertStore;
  let triage: DynamoDbTriage;
  let catalogue: DynamoDbAlertCatalogue;
  beforeAll(async () => {
    store = await connect();
    const { client, tables } = store;
    const clock = { now: () => new Date('2026-10-06T21:15:00Z') };
    alerts = new DynamoDbAlertStore(client, tables.alerts, new FoldingOverflow(client, tables.state), clock);
    triage = new DynamoDbTriage(client, tables.alerts);
    catalogue = new DynamoDbAlertCatalogue(client, tables.alerts);
  });
  afterAll(() => store.close());

  async function stored(
    name = `function-${randomUUID()}`,
    eventTime = '2026-10-06T21:14:05Z',
    settings = {},
  ): Promise<TriagedAlert> {
    const record = alertRecordOf(givenUpdate([foreign], { eventTime }, name), settings);
    await alerts.create(record, undefined);
    return read(record);
  }

  async function read({ alertId }: Pick<Finding, 'alertId'>): Promise<TriagedAlert> {
    const alert = await triage.read(alertId);
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
    expect(await triage.write(alert, entry('close', 'planned'), 'closed')).toBe('written');
    expect(await read(alert)).toMatchObject({ status: 'closed', history: [entry('close', 'planned')] });
  });

  test('given two people who read the same, then the second one is refused', async () => {
    const alert = await stored();
    expect(await triage.write(alert, entry('acknowledge'), 'acknowledged')).toBe('written');
    expect(await triage.write(alert, entry('close'), 'closed')).toBe('conflict');
    expect(await read(alert)).toMatchObject({ status: 'acknowledged', history: [entry('acknowledge')] });
  });

  test('given notes at the same time that leave the status, then none is lost to another', async () => {
    const alert = await stored();
    const note = async (reason: string): Promise<void> => {
      while ((await triage.write(await read(alert), entry('restore', reason), 'open')) === 'conflict');
    };
    await Promise.all(['a', 'b', 'c', 'd'].map(note));
    expect((await read(alert)).history.map(({ reason }) => reason).sort()).toEqual(['a', 'b', 'c', 'd']);
  });

  test('given an alert that rises after it was closed, then it is open again, and who saw the old one is refused', async () => {
    const name = `function-${randomUUID()}`;
    const quiet = await stored(name, undefined, { minimumBandToNotify: 'critical' });
    await triage.write(quiet, entry('close', 'quiet'), 'closed');
    const closed = await read(quiet);
    const louder = alertRecordOf(givenUpdate([foreign], { eventTime: '2026-10-06T21:14:09Z' }, name));
    expect(await alerts.fold(closed, louder, undefined)).toMatchObject({ outcome: 'written' });
    expect(await read(quiet)).toMatchObject({ status: 'open', history: [entry('close', 'quiet')] });
    expect(await triage.write(closed, entry('reopen'), 'open')).toBe('conflict');
  });

  test('given more decisions than an item keeps, then the latest stay', async () => {
    const alert = await stored();
    for (let count = 0; count <= maxHistoryEntries; count++)
      await triage.write(await read(alert), entry('restore', String(count)), 'open');
    const { history } = await read(alert);
    expect(history).toHaveLength(maxHistoryEntries);
    expect(history.at(-1)).toMatchObject({ reason: String(maxHistoryEntries) });
  });

  test('given alerts of some days, then each way of listing brings the newest first, of one second by id', async () => {
    const name = `function-${randomUUID()}`;
    const times = [
      '2026-09-01T10:00:00Z',
      '2026-09-02T00:00:00Z',
      '2026-09-02T23:59:59Z',
      '2026-09-04T12:00:00Z',
    ];
    for (const time of times) await stored(name, time);
    const arn = (await stored(name, '2026-08-01T00:00:00Z')).document.layerwatch.target.arn ?? '';
    const question = {
      since: new Date('2026-09-01T10:00:00Z'),
      until: new Date('2026-09-03T00:00:00Z'),
      filters: { band: ['high', 'critical'] },
    };
    const list = async (by: Parameters<DynamoDbAlertCatalogue['list']>[0]['by']) => {
      const found: string[] = [];
      for await (const { document } of catalogue.list({ ...question, by }))
        if (document.layerwatch.target.name === name) found.push(document.layerwatch.first_seen);
      return found;
    };
    const expected = ['2026-09-02T23:59:59.000Z', '2026-09-02T00:00:00.000Z', '2026-09-01T10:00:00.000Z'];
    expect(await list({ kind: 'day' })).toEqual(expected);
    expect(await list({ kind: 'target', arn })).toEqual(expected);
    const ofActor = { kind: 'actor' as const, actor: 'arn:aws:iam::123456789012:role/ci-deploy' };
    expect(await list(ofActor)).toEqual(expected);
  });
}
