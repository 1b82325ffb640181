import { Match } from 'aws-cdk-lib/assertions';
import { forwarderName } from '../../lambda/detection/forwarded-pattern';
import { allowedTo, idOf, resourcesOf, templateOf } from './synthesis';

const organization = { id: 'o-a1b2c3d4e5', externalId: 'layerwatch', readAccounts: true };
const hub = () => templateOf({ email: 'security@example.com', organization });

test('the hub admits forwarders of the organization with events of AWS only', () => {
  hub().hasResourceProperties('AWS::Events::EventBusPolicy', {
    EventBusName: 'Layerwatch-hub',
    Statement: Match.objectLike({
      Effect: 'Allow',
      Action: 'events:PutEvents',
      Condition: {
        StringEquals: {
          'aws:PrincipalOrgID': organization.id,
          'events:detail-type': ['AWS API Call via CloudTrail', 'Scheduled Event'],
        },
        'ForAllValues:StringEquals': {
          'events:source': ['aws.lambda', 'aws.cloudtrail', 'aws.events', 'aws.iam', 'aws.sqs'],
        },
        Null: { 'events:source': 'false' },
        ArnLike: {
          'aws:PrincipalArn': { 'Fn::Join': ['', Match.arrayWith([`:iam::*:role/${forwarderName}-*`])] },
        },
      },
    }),
  });
});

test('the detector listens to the default bus and to the hub, and both keep what cannot be handed over', () => {
  const template = hub();
  const target = { 'Fn::GetAtt': [idOf(template, 'AWS::Lambda::Function', 'Detector'), 'Arn'] };
  const toDetector = Object.values(resourcesOf(template, 'AWS::Events::Rule')).filter(({ Properties }) =>
    JSON.stringify(Properties['Targets']).includes(JSON.stringify(target)),
  );
  expect(toDetector.map(({ Properties }) => Properties['EventBusName'] ?? 'default').sort()).toEqual([
    'Layerwatch-hub',
    'default',
    'default',
    'default',
  ]);
  for (const { Properties } of toDetector)
    expect(JSON.stringify(Properties['Targets'])).toContain('DeadLetterConfig');
});

test.each(['Detector', 'Sweeper'])(
  'the %s may assume the one role in any account, only where that is configured',
  (name) => {
    expect(JSON.stringify(allowedTo(hub(), name))).toContain(':iam::*:role/LayerwatchReadOnly');
    const eventsAlone = templateOf({ organization: { id: organization.id } });
    for (const template of [eventsAlone, templateOf()])
      expect(JSON.stringify(allowedTo(template, name))).not.toContain('sts:AssumeRole');
  },
);

test('the sweeper may list accounts, only where that is configured', () => {
  expect(JSON.stringify(allowedTo(hub(), 'Sweeper'))).toContain('organizations:ListAccounts');
  const eventsAlone = templateOf({ organization: { id: organization.id } });
  expect(JSON.stringify(allowedTo(eventsAlone, 'Sweeper'))).not.toContain('organizations:');
  expect(JSON.stringify(allowedTo(templateOf(), 'Sweeper'))).not.toContain('organizations:');
});

test('the output is what the forwarders are given', () => {
  expect(Object.keys(hub().findOutputs('*'))).toContain('HubBusArn');
});

test('without an organization there is no bus', () => {
  templateOf().resourceCountIs('AWS::Events::EventBus', 0);
});

test.each([
  [{ id: 'a1b2c3d4e5' }, /organization\.id is "a1b2c3d4e5"; allowed: the id of an organization/],
  [{ id: organization.id, regions: ['Paris'] }, /organization\.regions\[0\] is "Paris"; allowed: a region/],
  [{ id: organization.id, accounts: ['1'] }, /organization\.accounts\[0\] is "1"; allowed: an account id/],
  [{ id: organization.id, externalId: 'x' }, /organization\.externalId is "x"; allowed: 2 to 1224/],
])('given %j, then it is refused', (wrong, sentence) => {
  expect(() => templateOf({ organization: wrong })).toThrow(sentence);
});
