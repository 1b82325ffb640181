import { checks } from '../../../../../cli/commands/doctor/run-doctor';
import { CheckBench } from '../check-bench';

describe('a role that may not make a check', () => {
  let bench: CheckBench;
  beforeAll(async () => {
    bench = await CheckBench.start();
  });
  afterAll(() => bench.stop());

  test.each(checks)('given $name, then it is skipped with the reason', async (check) => {
    expect(await bench.run(check)).toEqual({
      check: check.name,
      status: 'skipped',
      found:
        'could not be checked: AWS refused: User: arn:aws:iam::123456789012:user/ana is not authorized (your role lacks this permission)',
    });
  });
});

describe('a stack without the resource of a check', () => {
  let bench: CheckBench;
  beforeAll(async () => {
    bench = await CheckBench.start();
  });
  afterAll(() => bench.stop());

  test('given a rule that is not in the stack, then the check fails and says to deploy', async () => {
    const [rule] = checks.filter(({ name }) => name === 'rule of layer changes');
    if (rule === undefined) throw new Error('no such check');
    expect(await bench.run(rule, ['LayerRule', 'LayerRuleLifecycle', 'LayerRuleTampering'])).toMatchObject({
      status: 'failed',
      found: expect.stringContaining('stack Layerwatch has no AWS::Events::Rule LayerRule'),
      fix: 'deploy the stack again: npx cdk deploy --revert-drift',
    });
  });
});
