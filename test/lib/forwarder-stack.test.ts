import { Stage } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { forwarderName } from '../../lambda/detection/forwarded-pattern';
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
      ['ExternalId', 'HubBusArn', 'RoleRegion', 'SweeperRoleArn', 'WithAlarm'].sort(),
    );
  });

  test('keeps what EventBridge cannot deliver for 14 days', () => {
    template.hasResourceProperties('AWS::SQS::Queue', { MessageRetentionPeriod: 1_209_600 });
  });

  test('has one alarm, only where WithAlarm is true', () => {
    expect(Object.values(resourcesOf(template, 'AWS::CloudWatch::Alarm'))).toEqual([
      expect.objectContaining({
        Condition: 'AlarmIsWanted',
        Properties: expect.objectContaining({
          AlarmName: `${forwarderName}-UndeliveredEventsWaiting`,
          TreatMissingData: 'notBreaching',
        }),
      }),
    ]);
  });

  test('needs no bootstrap and no asset', () => {
    expect(Object.keys(template.toJSON())).not.toContain('Rules');
    expect(JSON.stringify(template.toJSON())).not.toContain('cdk-hnb659fds');
  });
});
