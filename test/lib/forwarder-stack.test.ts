import { Stage } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { forwarderName, memberRoleName } from '../../lambda/detection/forwarded-pattern';
import { ForwarderStack } from '../../lib/organization/forwarder-stack';
import { appWithoutValidation, resourcesOf } from './synthesis';

test('given an app, a stage or another scope, then the stack is made there under its id', () => {
  const stage = new Stage(appWithoutValidation(), 'Members');
  expect(new ForwarderStack(stage, 'Forwarder').node.path).toBe('Members/Forwarder');
});

test('given no name, then the stack is called LayerwatchForwarder', () => {
  expect(new ForwarderStack(appWithoutValidation(), 'Any').stackName).toBe(forwarderName);
});

describe('the template', () => {
  const template = Template.fromStack(new ForwarderStack(appWithoutValidation(), 'Any'));

  test('has the parameters that a stack set is given', () => {
    expect(Object.keys(template.findParameters('*')).sort()).toEqual(
      ['ExternalId', 'HubBusArn', 'RoleRegion'].sort(),
    );
  });

  test.each([
    ['eu-west-3', true],
    ['ap-southeast-7', true],
    ['us-gov-east-1', true],
    ['us-isob-east-1', true],
    ['cn-northwest-1', true],
    ['eusc-de-east-1', true],
    ['EU-WEST-3', false],
    ['eu', false],
    ['eu-west-3; x', false],
  ])('given %s as RoleRegion, then whether it is taken is %s', (region, expected) => {
    const { RoleRegion } = template.findParameters('RoleRegion');
    expect(new RegExp(String(RoleRegion?.['AllowedPattern'])).test(region)).toBe(expected);
  });

  test('keeps what EventBridge cannot deliver for 14 days', () => {
    template.hasResourceProperties('AWS::SQS::Queue', { MessageRetentionPeriod: 1_209_600 });
  });

  test('has no alarm, because nobody reads those of member accounts', () => {
    template.resourceCountIs('AWS::CloudWatch::Alarm', 0);
  });

  test('lets functions of the hub read by its account and by the names of their roles', () => {
    const [role] = Object.values(resourcesOf(template, 'AWS::IAM::Role')).filter(
      ({ Properties }) => Properties['RoleName'] === memberRoleName,
    );
    const trust = JSON.stringify(role?.Properties['AssumeRolePolicyDocument']);
    expect(trust).toContain(':root');
    for (const name of ['DetectorRole', 'SweeperRole', 'LogReaderRole'])
      expect(trust).toContain(`-*${name}*`);
  });

  test('needs no bootstrap and no asset', () => {
    expect(Object.keys(template.toJSON())).not.toContain('Rules');
    expect(JSON.stringify(template.toJSON())).not.toContain('cdk-hnb659fds');
  });
});
