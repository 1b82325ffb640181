import { stateKey } from '../../lambda/aws/state-items';
import { stateTable } from '../../lambda/contract';
import { layerVersion } from '../fixtures/records';

test('given the function of a layer, then its key is one that the functions may delete', () => {
  const functionArn = 'arn:aws:lambda:eu-west-3:123456789012:function:payments';
  expect(stateKey.layerUser(layerVersion('base', 1), functionArn)).toMatch(
    new RegExp(`^${stateTable.layerUserKeyPrefix}`),
  );
});

test('given what else is remembered, then none of its keys is', () => {
  const others = [
    stateKey.history('arn:aws:lambda:eu-west-3:123456789012:function:payments'),
    stateKey.mark('x'),
    stateKey.denied('x', '2026-10-06'),
    stateKey.account('123456789012'),
    stateKey.heartbeat('123456789012'),
  ];
  expect(others.filter((key) => key.startsWith(stateTable.layerUserKeyPrefix))).toEqual([]);
});
