import { givenUpdate, layerVersion } from '../fixtures/records';
import { PipelineHarness } from '../harness/pipeline-harness';

/**
 * The user agent is the caller's own text, so an attacker's script may call itself Terraform or CloudFormation.
 * It fails: nothing is decided by it; it is shown, and asked about.
 */
test.each([
  'APN/1.0 HashiCorp/1.0 Terraform/1.13 terraform-provider-aws/6.14',
  'cloudformation.amazonaws.com',
  'AWSLambdaConsole/1.1',
])('given a call that claims to be made with %s, then it is judged like any other', async (userAgent) => {
  const bench = await PipelineHarness.start();
  const layers = [layerVersion('x', 1, '999988887777')];
  const plain = await bench.process(givenUpdate(layers, {}, 'plain'));
  const disguised = await bench.process(givenUpdate(layers, { userAgent }, 'disguised'));
  if (plain.kind !== 'alert' || disguised.kind !== 'alert') throw new Error('no alert');
  expect(disguised.notification).toBe('sent');
  expect(disguised.finding?.event.risk_score).toBe(plain.finding?.event.risk_score);
  await bench.stop();
});
