import type { ChangeKind } from '../../lambda/detection/change-kinds';
import type { FindingContext } from '../../lambda/detection/context-document';
import type { LayerVerdict } from '../../lambda/detection/finding-document';
import { assessRisk } from '../../lambda/detection/risk';
import { factors } from '../../lambda/detection/risk-factors';
import type { RiskFacts } from '../../lambda/detection/risk-facts';
import { layerVersion } from '../fixtures/records';

const arn = layerVersion('boto-utils', 3);

function layer(fields: Partial<LayerVerdict> = {}): LayerVerdict {
  return {
    arn,
    name: 'boto-utils',
    version: '3',
    account: '999988887777',
    change: 'added',
    provenance: 'trusted',
    publisher: null,
    ...fields,
  };
}

/** Parts of a context with what a factor looks at. */
interface Parts {
  readonly actor?: Partial<NonNullable<FindingContext['actor']>>;
  readonly origin?: Partial<NonNullable<FindingContext['origin']>>;
  readonly time?: Partial<NonNullable<FindingContext['time']>>;
  readonly history?: Partial<NonNullable<FindingContext['history']>>;
  readonly story?: Partial<NonNullable<FindingContext['story']>>;
}

const contextOf = (parts: Parts) => parts as FindingContext;

function facts(fields: Partial<RiskFacts> = {}): RiskFacts {
  return {
    changeKind: 'added',
    layers: [layer()],
    context: {},
    newLayersHere: new Set(),
    deployer: undefined,
    targetsLayerwatch: false,
    ...fields,
  };
}

function reasonOf(id: string, fields: Partial<RiskFacts>): string | undefined {
  return factors.find((factor) => factor.id === id)?.reason(facts(fields));
}

const comparable = { comparable: true, actor_new: true, new_publishers: [] };
const root = contextOf({ actor: { type: 'Root', accountable_type: 'Root' } });

test('given each factor, then it says in a sentence when it applies', () => {
  expect(factors.filter(({ when }) => when.length < 10)).toEqual([]);
});

test('given a harmless call, then no factor applies', () => {
  expect(factors.filter(({ reason }) => reason(facts()) !== undefined)).toEqual([]);
});

describe.each<[string, readonly (readonly [string, Partial<RiskFacts>, string | undefined])[]]>([
  [
    'unknown-account-layer',
    [
      [
        'a layer of an unknown account',
        { layers: [layer({ provenance: 'unknown-account' })] },
        'layer of unknown account 999988887777',
      ],
      [
        'one whose owner cannot be read',
        { layers: [layer({ provenance: 'unknown-account', account: null })] },
        'layer whose owner cannot be read',
      ],
      [
        'one behind another',
        { layers: [layer(), layer({ provenance: 'unknown-account' })] },
        'layer of unknown account 999988887777',
      ],
      [
        'one that was kept',
        { layers: [layer({ provenance: 'unknown-account', change: 'kept' })] },
        undefined,
      ],
      [
        'one that was removed',
        { layers: [layer({ provenance: 'unknown-account', change: 'removed' })] },
        undefined,
      ],
    ],
  ],
  [
    'unreadable-parameters',
    [['an unreadable call', { changeKind: 'unreadable' }, 'the record does not say which layers']],
  ],
  [
    'root-user',
    [
      ['root', { context: root }, 'root user'],
      [
        'root behind a session',
        { context: contextOf({ actor: { type: 'FederatedUser', accountable_type: 'Root' } }) },
        'root user',
      ],
      [
        'a user behind a session of root',
        { context: contextOf({ actor: { type: 'Root', accountable_type: 'IAMUser' } }) },
        undefined,
      ],
      ['a document of an earlier release', { context: contextOf({ actor: { type: 'Root' } }) }, 'root user'],
    ],
  ],
  [
    'user-without-mfa',
    [
      [
        'a user without MFA',
        { context: contextOf({ actor: { accountable_type: 'IAMUser', mfa: false } }) },
        'IAM user without MFA',
      ],
      [
        'a user of whom nothing is said',
        { context: contextOf({ actor: { type: 'IAMUser', mfa: null } }) },
        'IAM user without MFA',
      ],
      [
        'a user with MFA',
        { context: contextOf({ actor: { accountable_type: 'IAMUser', mfa: true } }) },
        undefined,
      ],
      [
        'a role without MFA',
        { context: contextOf({ actor: { type: 'IAMUser', accountable_type: 'AssumedRole', mfa: false } }) },
        undefined,
      ],
    ],
  ],
  [
    'new-actor',
    [
      ['a new actor', { context: contextOf({ history: comparable }) }, 'first layer change by this actor'],
      [
        'a new actor who is a deployer',
        { deployer: 'ci', context: contextOf({ history: comparable }) },
        undefined,
      ],
      [
        'a new actor who adds nothing',
        { changeKind: 'removed', context: contextOf({ history: comparable }) },
        undefined,
      ],
      [
        'an actor who was seen',
        { context: contextOf({ history: { ...comparable, actor_new: false } }) },
        undefined,
      ],
      [
        'nothing to compare with',
        { context: contextOf({ history: { ...comparable, comparable: false } }) },
        undefined,
      ],
    ],
  ],
  [
    'new-country',
    [
      [
        'a new country',
        {
          context: contextOf({
            history: { country_new_for_actor: true },
            origin: { country_name: 'Brazil' },
          }),
        },
        'first call of this actor from Brazil',
      ],
      [
        'a new country without a name',
        { context: contextOf({ history: { country_new_for_actor: true }, origin: { country_name: null } }) },
        'first call of this actor from this country',
      ],
      [
        'a new country without an origin',
        { context: contextOf({ history: { country_new_for_actor: true } }) },
        'first call of this actor from this country',
      ],
      [
        'a country that was seen',
        { context: contextOf({ history: { country_new_for_actor: false } }) },
        undefined,
      ],
      [
        'a new country of a call that adds nothing',
        { changeKind: 'removed', context: contextOf({ history: { country_new_for_actor: true } }) },
        undefined,
      ],
    ],
  ],
  [
    'new-publisher',
    [
      [
        'a new publisher',
        { context: contextOf({ history: { ...comparable, new_publishers: ['999988887777'] } }) },
        'first layer of account 999988887777 here',
      ],
      [
        'a publisher that was seen',
        { context: contextOf({ history: { ...comparable, new_publishers: ['111111111111'] } }) },
        undefined,
      ],
      [
        'nothing to compare with',
        { context: contextOf({ history: { comparable: false, new_publishers: ['999988887777'] } }) },
        undefined,
      ],
      [
        'the own account',
        {
          layers: [layer({ provenance: 'own-account' })],
          context: contextOf({ history: { ...comparable, new_publishers: ['999988887777'] } }),
        },
        undefined,
      ],
      [
        'an owner that cannot be read',
        {
          layers: [layer({ account: null })],
          context: contextOf({ history: { ...comparable, new_publishers: ['999988887777'] } }),
        },
        undefined,
      ],
      [
        'a layer that was kept',
        {
          layers: [layer({ change: 'kept' })],
          context: contextOf({ history: { ...comparable, new_publishers: ['999988887777'] } }),
        },
        undefined,
      ],
    ],
  ],
  [
    'published-just-before',
    [
      [
        'a publish of some minutes before',
        {
          context: contextOf({
            story: { publishes: [{ arn, published: '', minutes_before: 5, by_same_actor: true }] },
          }),
        },
        'the layer was published 5 minutes before',
      ],
      [
        'a publish of an hour before',
        {
          context: contextOf({
            story: { publishes: [{ arn, published: '', minutes_before: 60, by_same_actor: true }] },
          }),
        },
        undefined,
      ],
      [
        'a publish of another layer',
        {
          context: contextOf({
            story: { publishes: [{ arn: 'other', published: '', minutes_before: 5, by_same_actor: true }] },
          }),
        },
        undefined,
      ],
      [
        'a publish by a deployer',
        {
          deployer: 'ci',
          context: contextOf({
            story: { publishes: [{ arn, published: '', minutes_before: 5, by_same_actor: true }] },
          }),
        },
        undefined,
      ],
      [
        'the publish itself',
        {
          changeKind: 'published',
          context: contextOf({
            story: { publishes: [{ arn, published: '', minutes_before: 5, by_same_actor: true }] },
          }),
        },
        undefined,
      ],
      [
        'a publish of AWS',
        {
          layers: [layer({ provenance: 'aws' })],
          context: contextOf({
            story: { publishes: [{ arn, published: '', minutes_before: 5, by_same_actor: true }] },
          }),
        },
        undefined,
      ],
      [
        'an own layer of a known actor',
        {
          layers: [layer({ provenance: 'own-account' })],
          context: contextOf({
            story: { publishes: [{ arn, published: '', minutes_before: 5, by_same_actor: true }] },
          }),
        },
        undefined,
      ],
      [
        'an own layer of a new actor',
        {
          layers: [layer({ provenance: 'own-account' })],
          context: contextOf({
            history: comparable,
            story: { publishes: [{ arn, published: '', minutes_before: 5, by_same_actor: true }] },
          }),
        },
        'the layer was published 5 minutes before',
      ],
      [
        'a time of creation',
        { context: { layers: [{ arn, minutes_before: 59 }] } as unknown as FindingContext },
        'the layer was published 59 minutes before',
      ],
      [
        'a time of creation of another layer',
        { context: { layers: [{ arn: 'other', minutes_before: 59 }] } as unknown as FindingContext },
        undefined,
      ],
      [
        'two layers',
        {
          layers: [layer(), layer({ arn: 'b' })],
          context: {
            layers: [
              { arn, minutes_before: 59 },
              { arn: 'b', minutes_before: 7 },
            ],
          } as unknown as FindingContext,
        },
        'the layer was published 7 minutes before',
      ],
      [
        'no time',
        { context: { layers: [{ arn, minutes_before: null }] } as unknown as FindingContext },
        undefined,
      ],
    ],
  ],
  [
    'denied-attempts',
    [
      [
        'three attempts',
        { context: contextOf({ story: { denied_attempts: 3 } }) },
        'after 3 denied attempts',
      ],
      ['two attempts', { context: contextOf({ story: { denied_attempts: 2 } }) }, undefined],
    ],
  ],
  [
    'outside-working-hours',
    [
      [
        'a call outside',
        { context: contextOf({ time: { outside_working_hours: true } }) },
        'outside working hours',
      ],
      ['a call within', { context: contextOf({ time: { outside_working_hours: false } }) }, undefined],
      ['no working hours', { context: contextOf({ time: { outside_working_hours: null } }) }, undefined],
    ],
  ],
  [
    'targets-layerwatch',
    [['a function of Layerwatch', { targetsLayerwatch: true }, 'the function is part of Layerwatch itself']],
  ],
  ['tampering', [['tampering', { changeKind: 'tampering' }, 'it can make Layerwatch blind or silent']]],
  [
    'known-deployer',
    [
      ['a deployer', { deployer: 'ci' }, 'known deployer ci'],
      ['a deployer who tampers', { deployer: 'ci', changeKind: 'tampering' }, undefined],
      ['a deployer on Layerwatch', { deployer: 'ci', targetsLayerwatch: true }, undefined],
      [
        'a deployer with a layer of an unknown account',
        { deployer: 'ci', layers: [layer(), layer({ provenance: 'unknown-account' })] },
        undefined,
      ],
      [
        'a deployer who kept such a layer',
        { deployer: 'ci', layers: [layer({ provenance: 'unknown-account', change: 'kept' })] },
        'known deployer ci',
      ],
      ['a deployer who is root', { deployer: 'ci', context: root }, undefined],
    ],
  ],
])('the factor %s', (id, cases) => {
  test.each(cases)('given %s, then the reason is right', (_, fields, reason) => {
    expect(reasonOf(id, fields)).toBe(reason);
  });
});

describe('the points of a call', () => {
  const changeKind: ChangeKind = 'tampering';

  test('given no factor, then the score is that of the rule', () => {
    expect(assessRisk(facts(), new Map())).toEqual({
      score: 21,
      band: 'low',
      factors: [{ id: 'rule', points: 21, reason: 'base score of the rule' }],
    });
  });

  test('given factors, then their points are added', () => {
    expect(assessRisk(facts({ context: root }), new Map()).score).toBe(51);
  });

  test('given more than 99, then the score is 99', () => {
    expect(assessRisk(facts({ changeKind, targetsLayerwatch: true }), new Map()).score).toBe(99);
  });

  test('given less than nothing, then the score is 0', () => {
    expect(assessRisk(facts({ deployer: 'ci' }), new Map([['known-deployer', -50]])).score).toBe(0);
  });

  test('given points of the configuration, then they replace the default', () => {
    expect(assessRisk(facts({ context: root }), new Map([['root-user', 0]])).factors.at(-1)).toEqual({
      id: 'root-user',
      points: 0,
      reason: 'root user',
    });
  });
});
