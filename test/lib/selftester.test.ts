import { Match } from 'aws-cdk-lib/assertions';
import { selftestLayerPrefix } from '../../lambda/contract';
import { idOf, resourcesOf, templateOf } from './synthesis';

const withSelftest = () => templateOf({ email: 'security@example.com', selftest: true });

describe('with selftest', () => {
  test('a function runs once a week and is not tried again by Lambda', () => {
    const template = withSelftest();
    const target = { Arn: { 'Fn::GetAtt': [idOf(template, 'AWS::Lambda::Function', 'Selftester'), 'Arn'] } };
    template.hasResourceProperties('AWS::Events::Rule', {
      ScheduleExpression: 'rate(7 days)',
      Targets: [Match.objectLike(target)],
    });
    template.hasResourceProperties('AWS::Lambda::EventInvokeConfig', {
      FunctionName: { Ref: idOf(template, 'AWS::Lambda::Function', 'Selftester') },
      MaximumRetryAttempts: 0,
    });
  });

  test('its environment holds what it reads, and nothing else', () => {
    const template = withSelftest();
    const { Environment } =
      resourcesOf(template, 'AWS::Lambda::Function')[idOf(template, 'AWS::Lambda::Function', 'Selftester')]
        ?.Properties ?? {};
    expect(Object.keys(Object(Environment).Variables).sort()).toEqual([
      'ALERT_TABLE_NAME',
      'STATE_TABLE_NAME',
    ]);
  });

  test('it may publish and delete layers of its own names only', () => {
    const template = withSelftest();
    const role = JSON.stringify(
      resourcesOf(template, 'AWS::IAM::Role')[idOf(template, 'AWS::IAM::Role', 'Selftester')],
    );
    expect(role).toContain(`:layer:${selftestLayerPrefix}*`);
    expect(role).not.toContain('"Resource":"*"');
  });

  test('the sweeper misses it, and two alarms report its failure and its absence', () => {
    const template = withSelftest();
    template.hasResourceProperties('AWS::Lambda::Function', {
      Environment: { Variables: Match.objectLike({ SELFTEST: 'weekly' }) },
    });
    for (const name of ['SelftestFailed', 'SelftestOverdue'])
      template.hasResourceProperties('AWS::CloudWatch::Alarm', { AlarmName: `Layerwatch-${name}` });
  });
});

test('without it, there is no such function and nobody waits for one', () => {
  const text = JSON.stringify(templateOf().toJSON());
  expect(text).not.toContain('Selftest');
  expect(text).not.toContain('"SELFTEST"');
});
