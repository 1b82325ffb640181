import { lessonOf } from '../../../../cli/commands/learn/lesson';
import { writeKnowledge } from '../../../../cli/commands/learn/write-knowledge';
import { bareLayer } from '../../../../lambda/detection/arn';
import { emptyHistory } from '../../../../lambda/detection/history';
import { defaultDetectionSettings } from '../../../../lambda/detection/settings';
import { emptyQuery, entityKey } from '../../../../lambda/detection/state-query';
import { heldSource } from '../../../../lambda/logs/log-source';
import type { StateStore } from '../../../../lambda/ports';
import {
  account,
  functionArn,
  givenCreate,
  givenPublish,
  givenUpdate,
  layerVersion,
  userIdentity,
} from '../../../fixtures/records';
import { startDynamoDb } from '../../../harness/dynamodb';
import { storesOn } from '../../../harness/dynamodb-stores';
import { openLevelStores } from '../../../harness/level-stores';
import { PipelineHarness } from '../../../harness/pipeline-harness';
import type { OpenedStores } from '../../../harness/stores';

const ciDeploy = `arn:aws:iam::${account}:role/ci-deploy`;
const own = layerVersion('util', 1);
const newer = layerVersion('util', 2);
const foreign = layerVersion('boto-utils', 3, '999988887777');
const at = (time: string) => ({ eventTime: `2026-10-${time}Z` });
const routine = [
  givenCreate([], at('01T08:00:00'), 'orders'),
  givenPublish('util', 1, at('02T08:00:00')),
  givenUpdate([own], at('03T09:00:00'), 'orders'),
  givenUpdate([newer], { ...at('05T09:00:00'), sourceIPAddress: '81.2.69.160' }, 'orders'),
];
const attack = givenUpdate([foreign], { userIdentity, ...at('06T21:00:00') }, 'payments');
const unending = new AbortController().signal;

async function learned(records: readonly unknown[]) {
  const source = heldSource('records', Buffer.from(JSON.stringify(records)));
  const { knowledge } = await lessonOf({
    paths: [],
    remote: {
      found: (async function* () {
        yield { kind: 'source' as const, source };
      })(),
      bytes: source.bytes,
    },
    settings: { ...defaultDetectionSettings, deployers: [{ name: 'ci', principal: ciDeploy }] },
    includesSevere: false,
    onProblem: () => {},
    onProgress: () => {},
  });
  return knowledge;
}

describe.each([
  ['the embedded database', () => openLevelStores()],
  ['a loopback DynamoDB', async (): Promise<OpenedStores> => storesOn(await startDynamoDb())],
])('what is learned, written to %s', (_, open) => {
  let opened: OpenedStores;
  let state: StateStore;
  beforeEach(async () => {
    opened = await open();
    state = opened.stores({ now: () => new Date() }).state;
  });
  afterEach(() => opened.close());

  const recalled = async (key: string) =>
    (await state.recall({ ...emptyQuery, entities: [key] })).entities.get(key);

  test('given a store that knows nothing, then it knows what a detector would have written', async () => {
    await writeKnowledge(await learned(routine), state, unending);
    const actor = await recalled(entityKey.actor(ciDeploy));
    expect(actor).toMatchObject({
      firstSeen: '2026-10-02T08:00:00.000Z',
      lastDay: '2026-10-05',
      dayBefore: '2026-10-03',
    });
    expect(actor?.countries).toHaveLength(2);
    expect([...(await state.histories([functionArn('orders')])).values()][0]?.entries.at(-1)?.layers).toEqual(
      [newer],
    );
  });

  test('given a second run, then it writes nothing', async () => {
    const knowledge = await learned(routine);
    const first = await writeKnowledge(knowledge, state, unending);
    const second = await writeKnowledge(knowledge, state, unending);
    expect(second).toEqual({ written: 0, known: first.written, missing: 0 });
  });

  test('given later knowledge, then it stays', async () => {
    const key = entityKey.actor(ciDeploy);
    const later = new Date('2026-10-20T08:00:00Z');
    await state.remember([{ key, time: later, actor: ciDeploy, country: 'JP' }], new Map());
    await writeKnowledge(await learned(routine), state, unending);
    expect(await recalled(key)).toMatchObject({
      firstSeen: '2026-10-02T08:00:00.000Z',
      lastDay: '2026-10-20',
      countries: expect.arrayContaining(['JP']),
    });
  });

  test('given a function that the store knows, then its history stays', async () => {
    const entry = {
      time: '2026-10-01T00:00:00.000Z',
      recordId: 'listing#1',
      source: 'listing',
      layers: [],
    } as const;
    const known = { entries: [entry], version: 1 };
    await state.setHistory(functionArn('orders'), emptyHistory, { ...known, before: undefined });
    await writeKnowledge(await learned(routine), state, unending);
    expect((await state.histories([functionArn('orders')])).get(functionArn('orders'))).toMatchObject(known);
  });

  test('given a function that the store knows, then the index of its layers stays', async () => {
    const entry = { time: '2026-10-01T00:00:00.000Z', recordId: 'x', source: 'listing', layers: [] } as const;
    const known = { entries: [entry], before: undefined, version: 1 };
    await state.setHistory(functionArn('orders'), emptyHistory, known);
    await writeKnowledge(await learned(routine), state, unending);
    expect(await state.functionsWith(bareLayer(newer), 10)).toEqual([]);
  });

  test('given Ctrl-C before the first write, then it says what is missing', async () => {
    const knowledge = await learned(routine);
    const { written, missing } = await writeKnowledge(knowledge, state, AbortSignal.abort());
    expect([written, missing]).toEqual([0, knowledge.sightings.size + knowledge.histories.size]);
  });
});

describe('the next call after a lesson', () => {
  /** What the detector says of a call on a store that has learned. */
  async function judged(record: ReturnType<typeof givenUpdate>) {
    const opened = await openLevelStores();
    const { state } = opened.stores({ now: () => new Date() });
    await writeKnowledge(await learned([...routine, attack]), state, unending);
    const harness = await PipelineHarness.start({}, { opened });
    const outcome = await harness.process(record);
    if (outcome.kind !== 'alert' || outcome.finding === undefined) throw new Error(outcome.kind);
    return outcome.finding.layerwatch;
  }

  test('given the attacker again, then actor and publisher are new', async () => {
    const { context } = await judged(
      givenUpdate([foreign], { userIdentity, ...at('08T21:00:00') }, 'invoices'),
    );
    expect(context.history).toMatchObject({
      comparable: true,
      actor_new: true,
      new_publishers: ['999988887777'],
    });
  });

  test('given the pipeline again, then neither it nor its layer is new, and the layers before are known', async () => {
    const { context, change } = await judged(givenUpdate([own], at('08T09:00:00'), 'orders'));
    expect(context.history).toMatchObject({ actor_new: false, new_layers: [], new_publishers: [] });
    expect(change.before).toEqual([newer]);
  });
});
