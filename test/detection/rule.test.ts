import { bandOf } from '../../lambda/detection/band';
import { layerRule, tamperingRule } from '../../lambda/detection/rule';

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
