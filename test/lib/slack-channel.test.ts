import { Match } from 'aws-cdk-lib/assertions';
import { SettingsError } from '../../config/schema';
import { idOf, templateOf } from './synthesis';

const slack = { workspaceId: 'T0123ABCD', channelId: 'C0123ABCD' };

test('without slack there is no channel', () => {
  templateOf().resourceCountIs('AWS::Chatbot::SlackChannelConfiguration', 0);
});

describe('with slack', () => {
  test('the channel shows alerts and alarms, and from it nothing can be done', () => {
    const template = templateOf({ slack });
    template.hasResourceProperties('AWS::Chatbot::SlackChannelConfiguration', {
      SlackWorkspaceId: slack.workspaceId,
      SlackChannelId: slack.channelId,
      SnsTopicArns: ['Alerts', 'AlarmNotices'].map((id) => ({ Ref: idOf(template, 'AWS::SNS::Topic', id) })),
      GuardrailPolicies: [{ Ref: idOf(template, 'AWS::IAM::ManagedPolicy', 'SlackGuardrail') }],
      UserRoleRequired: true,
    });
    template.hasResourceProperties('AWS::IAM::ManagedPolicy', {
      PolicyDocument: { Statement: [{ Effect: 'Deny', Action: '*', Resource: '*' }] },
    });
  });

  test("the channel's role is allowed nothing", () => {
    const template = templateOf({ slack });
    template.hasResourceProperties('AWS::IAM::Role', {
      AssumeRolePolicyDocument: {
        Statement: [Match.objectLike({ Principal: { Service: 'chatbot.amazonaws.com' } })],
      },
      Policies: Match.absent(),
      ManagedPolicyArns: Match.absent(),
    });
    template.resourceCountIs('AWS::IAM::Policy', 0);
  });

  test.each(['cn-north-1', 'us-gov-west-1'])('%s is refused, because the service is not there', (region) => {
    const refused = () => templateOf({ slack }, { region });
    expect(refused).toThrow(SettingsError);
    expect(refused).toThrow(new RegExp(`slack is set for region ${region} .*allowed: partition aws only`));
  });

  test('a region of partition aws is accepted', () => {
    templateOf({ slack }, { region: 'eu-west-3' }).resourceCountIs(
      'AWS::Chatbot::SlackChannelConfiguration',
      1,
    );
  });
});
