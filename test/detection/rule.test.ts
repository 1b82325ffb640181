import { bandOf } from '../../lambda/detection/band';
import { parseRecord } from '../../lambda/detection/record';
import { attackVersion, layerRule, matchRule, ruleOf, tamperingRule } from '../../lambda/detection/rule';
import { givenUpdate } from '../fixtures/records';

function matchOf(fields: Readonly<Record<string, unknown>>) {
  const parsed = parseRecord(givenUpdate([], fields));
  if (parsed.kind !== 'record') throw new Error(parsed.reason);
  return matchRule(parsed.record);
}

describe('the rules', () => {
  test('given the published rule, then its findings name it as published', () => {
    expect([layerRule.rule.id, layerRule.rule.name, layerRule.rule.version, layerRule.rule.category]).toEqual(
      [
        '7d091a76-0737-11ef-8469-f661ea17fbcc',
        'AWS Lambda Layer Added to Existing Function',
        '1',
        'Execution',
      ],
    );
  });

  test('given the rule of tampering, then its findings name it', () => {
    expect([tamperingRule.rule.id, tamperingRule.rule.version, tamperingRule.rule.category]).toEqual([
      'layerwatch-tampering',
      '1',
      'Defense Evasion',
    ]);
  });

  test('given the rule of tampering, then its name says what happened', () => {
    expect(tamperingRule.rule.name).toBe('Layerwatch or its trail was changed');
  });

  test.each([
    ['layer', layerRule, 'low', 'TA0002', 'Execution', 'T1648', 'Serverless Execution'],
    ['tampering', tamperingRule, 'low', 'TA0005', 'Defense Evasion', 'T1562', 'Impair Defenses'],
  ])(
    'given the %s rule, then severity, tactic and technique are right',
    (_, { base, threat }, severity, tactic, tacticName, technique, techniqueName) => {
      expect([base, threat]).toEqual([
        { severity, risk_score: 21 },
        {
          framework: 'MITRE ATT&CK',
          tactic: {
            id: [tactic],
            name: [tacticName],
            reference: [`https://attack.mitre.org/tactics/${tactic}/`],
          },
          technique: {
            id: [technique],
            name: [techniqueName],
            reference: [`https://attack.mitre.org/techniques/${technique}/`],
          },
        },
      ]);
    },
  );

  test.each([
    ['layer', layerRule, 3],
    ['tampering', tamperingRule, 1],
  ])('given the references of the %s rule, then each is an address', (_, { rule }, count) => {
    expect(rule.reference?.filter((each) => /^https:\/\/[a-z.]+\/.+/.test(each))).toHaveLength(count);
  });

  test('given the version of ATT&CK, then it is a number', () => {
    expect(attackVersion).toMatch(/^\d+$/);
  });

  test.each([
    ['tampering', tamperingRule],
    ['added', layerRule],
    ['published', layerRule],
  ] as const)('given a change of kind %s, then its rule is right', (kind, rule) => {
    expect(ruleOf(kind)).toBe(rule);
  });
});

describe('whether a record matches', () => {
  test.each<[string, Readonly<Record<string, unknown>>, object]>([
    ['an update', {}, { matched: true, action: 'update' }],
    ['a publish', { eventName: 'PublishLayerVersion20181031' }, { matched: true, action: 'publish' }],
    ['an update of an unknown service', { eventSource: undefined }, { matched: true, action: 'update' }],
    [
      'an update of another service',
      { eventSource: 'x.amazonaws.com' },
      { matched: false, reason: 'other-service' },
    ],
    ['another action', { eventName: 'Invoke' }, { matched: false, reason: 'other-action' }],
    [
      'an action that only holds the name',
      { eventName: 'XUpdateFunctionConfiguration' },
      { matched: false, reason: 'other-action' },
    ],
    ['a call that failed', { errorCode: 'AccessDenied' }, { matched: false, reason: 'failed-call' }],
  ])('given %s, then whether it matches is right', (_, fields, match) => {
    expect(matchOf(fields)).toEqual(match);
  });
});

describe.each([
  ['the published rule', layerRule],
  ['the rule of tampering', tamperingRule],
])('%s', (_, { rule, base }) => {
  test('has the severity of its score', () => {
    expect(base.severity).toBe(bandOf(base.risk_score));
  });

  test('has a UUID', () => {
    expect(rule.uuid).toMatch(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);
  });
});

test('the two rules have different UUIDs', () => {
  expect(tamperingRule.rule.uuid).not.toBe(layerRule.rule.uuid);
});
