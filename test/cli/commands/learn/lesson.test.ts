import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { type Lesson, lessonOf } from '../../../../cli/commands/learn/lesson';
import { bareLayer } from '../../../../lambda/detection/arn';
import { type DetectionSettings, defaultDetectionSettings } from '../../../../lambda/detection/settings';
import { entityKey } from '../../../../lambda/detection/state-query';
import {
  account,
  functionArn,
  givenCreate,
  givenPublish,
  givenUpdate,
  layerVersion,
  roleIdentity,
  userIdentity,
} from '../../../fixtures/records';
import { temporaryFolder } from '../../../harness/temporary-folder';

const folder = temporaryFolder();
let count = 0;

const ciDeploy = `arn:aws:iam::${account}:role/ci-deploy`;
const eve = `arn:aws:iam::${account}:user/eve`;
const own = layerVersion('util', 1);
const foreign = layerVersion('boto-utils', 3, '999988887777');
const ofEve = { userIdentity };

/** Settings under which a call of Eve with a foreign layer is severe, and none of the pipeline. */
const settings: DetectionSettings = {
  ...defaultDetectionSettings,
  deployers: [{ name: 'ci', principal: ciDeploy }],
};

async function lesson(
  records: readonly unknown[],
  {
    includesSevere = false,
    ...changed
  }: Partial<DetectionSettings> & { readonly includesSevere?: boolean } = {},
): Promise<Lesson> {
  const file = join(folder, `${++count}.json`);
  writeFileSync(file, JSON.stringify({ Records: records }));
  return lessonOf({
    paths: [file],
    settings: { ...settings, ...changed },
    includesSevere,
    onProblem: ({ reason }) => {
      throw new Error(reason);
    },
    onProgress: () => {},
  });
}

const at = (time: string) => ({ eventTime: `2026-10-${time}Z` });
const attack = givenUpdate([foreign], { ...ofEve, ...at('06T21:00:00') }, 'payments');
const routine = [
  givenCreate([], at('01T08:00:00'), 'orders'),
  givenPublish('util', 1, at('02T08:00:00')),
  givenUpdate([own], at('02T09:00:00'), 'orders'),
];

const keysOf = ({ knowledge }: Lesson) => [...knowledge.sightings.keys()];
const functionsOf = ({ knowledge }: Lesson) => [...knowledge.histories.keys()];

describe('what a routine teaches', () => {
  test('given calls of a pipeline, then its actor, layer and publisher are learned', async () => {
    expect(keysOf(await lesson(routine))).toEqual(
      expect.arrayContaining([
        entityKey.actor(ciDeploy),
        entityKey.layer(bareLayer(own)),
        entityKey.publisher(account),
        entityKey.published(own),
      ]),
    );
  });

  test('given calls from a country, then it is learned for the actor', async () => {
    const keys = keysOf(await lesson(routine));
    expect(keys.filter((key) => key.startsWith('country#'))).toHaveLength(1);
    expect(keys.filter((key) => key.startsWith('actor-country#'))).toHaveLength(1);
  });

  test('given calls on a function, then its layers are learned without the records', async () => {
    const { knowledge } = await lesson(routine);
    const history = knowledge.histories.get(functionArn('orders'));
    expect(history?.entries.map(({ layers, record }) => [layers, record])).toEqual([
      [[], undefined],
      [[own], undefined],
    ]);
  });
});

describe('what an attack teaches', () => {
  test('given a severe alert, then it names actor, layer, publisher and function', async () => {
    const { severe } = await lesson([...routine, attack]);
    expect([
      [...severe.actors.keys()],
      [...severe.layers.keys()],
      [...severe.publishers.keys()],
      [...severe.functions.keys()],
    ]).toEqual([[eve], [bareLayer(foreign)], ['999988887777'], [functionArn('payments')]]);
  });

  test('given a severe alert, then nothing that it names is learned', async () => {
    const learned = await lesson([...routine, attack]);
    expect(keysOf(learned).filter((key) => /eve|boto-utils|999988887777/.test(key))).toEqual([]);
    expect(functionsOf(learned)).toEqual([functionArn('orders')]);
  });

  test('given a harmless call of the same actor, then it is not learned either', async () => {
    const harmless = givenPublish('notes', 1, { ...ofEve, ...at('05T10:00:00') });
    const learned = await lesson([...routine, harmless, attack]);
    expect(keysOf(learned).filter((key) => key.includes('notes'))).toEqual([]);
  });

  test('given another actor who puts the same layer on a function, then that function is not learned', async () => {
    const excepted = givenUpdate([foreign], at('07T09:00:00'), 'reports');
    const exceptions = [
      { name: 'rollout', owner: 'x', reason: 'x', expires: '2999-01-01', principal: ciDeploy },
    ];
    const learned = await lesson([...routine, attack, excepted], { exceptions });
    expect(functionsOf(learned)).toEqual([functionArn('orders')]);
  });

  test('given another actor who published the layer, then its publication is not learned', async () => {
    const responseElements = { layerArn: bareLayer(foreign), layerVersionArn: foreign, version: 3 };
    const publication = givenPublish('boto-utils', 3, { responseElements, ...at('05T10:00:00') });
    const learned = await lesson([...routine, publication, attack]);
    expect(keysOf(learned).filter((key) => key.includes('boto-utils'))).toEqual([]);
  });

  test('given a function that only the same actor changed, then it is not learned', async () => {
    const created = givenCreate([own], at('01T08:00:00'), 'notes');
    const removed = givenUpdate([], { ...ofEve, ...at('05T10:00:00') }, 'notes');
    const learned = await lesson([...routine, created, removed, attack]);
    expect([...learned.severe.functions.keys()]).toEqual([functionArn('payments')]);
    expect(functionsOf(learned)).toEqual([functionArn('orders')]);
  });

  test('given --include-severe, then all of it is learned', async () => {
    const learned = await lesson([...routine, attack], { includesSevere: true });
    expect(keysOf(learned)).toEqual(
      expect.arrayContaining([entityKey.actor(eve), entityKey.publisher('999988887777')]),
    );
    expect(functionsOf(learned)).toContain(functionArn('payments'));
  });

  test('given an exception of the team that covers it, then it is learned', async () => {
    const exceptions = [{ name: 'rollout', owner: 'x', reason: 'x', expires: '2999-01-01', principal: eve }];
    expect(keysOf(await lesson([...routine, attack], { exceptions }))).toContain(entityKey.actor(eve));
  });
});

const someone = fc.constantFrom(roleIdentity, userIdentity, {
  ...userIdentity,
  arn: `arn:aws:iam::${account}:user/mallory`,
  userName: 'mallory',
});
const layer = fc.constantFrom(own, foreign, layerVersion('shim', 1, '111122223333'), layerVersion('base', 2));
const call = fc.record({
  userIdentity: someone,
  layers: fc.uniqueArray(layer, { maxLength: 3 }),
  day: fc.integer({ min: 1, max: 28 }),
  name: fc.constantFrom('payments', 'orders', 'reports'),
});

test('law: given any calls, then nothing that a severe alert names is learned', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(call, { minLength: 1, maxLength: 8 }), async (calls) => {
      const records = calls
        .sort((a, b) => a.day - b.day)
        .map(({ userIdentity: who, layers, day, name }) =>
          givenUpdate(layers, { userIdentity: who, ...at(`${String(day).padStart(2, '0')}T20:00:00`) }, name),
        );
      const { severe, knowledge } = await lesson(records);
      const sightings = [...knowledge.sightings.values()].flat();
      expect(sightings.filter(({ actor }) => severe.actors.has(actor ?? ''))).toEqual([]);
      const refused = [
        ...[...severe.actors.keys()].map(entityKey.actor),
        ...[...severe.publishers.keys()].map(entityKey.publisher),
        ...[...severe.layers.keys()].map(entityKey.layer),
      ];
      expect(refused.filter((key) => knowledge.sightings.has(key))).toEqual([]);
      const lists = [...knowledge.histories.values()].flatMap(({ entries }) =>
        entries.flatMap(({ layers }) => layers ?? []),
      );
      expect(lists.filter((arn) => severe.layers.has(bareLayer(arn)))).toEqual([]);
      expect([...severe.functions.keys()].filter((arn) => knowledge.histories.has(arn))).toEqual([]);
    }),
    { numRuns: 40 },
  );
});
