import { Template } from 'aws-cdk-lib/assertions';
import { parseRecord } from '../../lambda/detection/record';
import { readTampering } from '../../lambda/detection/tampering';
import { ForwarderStack } from '../../lib/organization/forwarder-stack';
import { givenUpdate } from '../fixtures/records';
import { appWithoutValidation, resourcesOf } from '../lib/synthesis';

const hubBusArn = 'arn:aws:events:eu-west-3:111122223333:event-bus/Layerwatch-hub';
const account = '210987654321';
const region = 'us-east-1';
const roleArn = `arn:aws:iam::${account}:role/LayerwatchForwarder-${region}`;

/** The template with its references resolved, as CloudFormation calls the services. */
const template = JSON.parse(
  JSON.stringify(Template.fromStack(new ForwarderStack(appWithoutValidation(), 'Any')).toJSON())
    .replaceAll('{"Ref":"HubBusArn"}', JSON.stringify(hubBusArn))
    .replaceAll('{"Ref":"AWS::Region"}', JSON.stringify(region)),
);
const resources = (type: string) => Object.values(resourcesOf(Template.fromJSON(template), type));
const rules = resources('AWS::Events::Rule').map(({ Properties }) => Properties);
const roles = resources('AWS::IAM::Role').map(({ Properties }) => Properties);

type Parameters = Readonly<Record<string, unknown>>;

function isTampering(eventSource: string, eventName: string, requestParameters: Parameters, bus?: string) {
  const record = givenUpdate(undefined, {
    eventSource: `${eventSource}.amazonaws.com`,
    eventName,
    requestParameters,
    responseElements: null,
    recipientAccountId: account,
    awsRegion: region,
  });
  const parsed = parseRecord(record);
  if (parsed.kind !== 'record') throw new Error(parsed.reason);
  const own = { ownNamePrefix: 'Layerwatch-', hubBusArn: bus ?? hubBusArn };
  return readTampering(parsed.record, own) !== undefined;
}

/** The calls of CloudFormation that make the rules and policies of the template. */
const puts: readonly (readonly [string, string, string, Parameters])[] = [
  ...rules.map((rule): readonly [string, string, string, Parameters] => [
    `the rule ${rule['Name']}`,
    'events',
    'PutRule',
    {
      name: rule['Name'],
      description: rule['Description'],
      state: 'ENABLED',
      ...(rule['EventPattern'] === undefined
        ? { scheduleExpression: rule['ScheduleExpression'] }
        : { eventPattern: JSON.stringify(rule['EventPattern']) }),
    },
  ]),
  ...rules.map((rule): readonly [string, string, string, Parameters] => [
    `the target of ${rule['Name']}`,
    'events',
    'PutTargets',
    {
      rule: rule['Name'],
      targets: [{ id: 'Target0', arn: hubBusArn, roleArn, deadLetterConfig: { arn: 'arn:aws:sqs:x' } }],
    },
  ]),
  ...roles.map((role): readonly [string, string, string, Parameters] => {
    const [{ PolicyName, PolicyDocument }] = role['Policies'] as [
      { readonly PolicyName: string; readonly PolicyDocument: unknown },
    ];
    const roleName = JSON.stringify(role['RoleName']).includes('ReadOnly')
      ? 'LayerwatchReadOnly'
      : `LayerwatchForwarder-${region}`;
    return [
      `the policy of ${roleName}`,
      'iam',
      'PutRolePolicy',
      { roleName, policyName: PolicyName, policyDocument: JSON.stringify(PolicyDocument) },
    ];
  }),
];

describe('the deployment of a forwarder', () => {
  test('given the template, then all of its rules, targets and policies are looked at', () => {
    expect(puts).toHaveLength(12);
  });

  test.each(puts)(
    'given %s as it is shipped, then it is no tampering',
    (_, service, eventName, parameters) => {
      expect(isTampering(service, eventName, parameters)).toBe(false);
    },
  );

  test.each(puts)(
    'given %s without one of its parts, then it is tampering',
    (_, service, eventName, parameters) => {
      const last = Object.keys(parameters).at(-1) ?? '';
      expect(isTampering(service, eventName, { ...parameters, [last]: undefined })).toBe(true);
    },
  );
});

const [rule = {}, target = {}] = [puts[0]?.[3], puts.find(([, , name]) => name === 'PutTargets')?.[3]];
const targetWith = (fields: Parameters) => ({
  ...target,
  targets: [{ id: 'Target0', arn: hubBusArn, roleArn, ...fields }],
});

test.each<[string, string, string, Parameters]>([
  ['a rule that is put disabled', 'events', 'PutRule', { ...rule, state: 'DISABLED' }],
  [
    'a rule with another pattern',
    'events',
    'PutRule',
    { ...rule, eventPattern: JSON.stringify({ source: ['aws.lambda'], account: ['0'] }) },
  ],
  ['a rule with an unreadable pattern', 'events', 'PutRule', { ...rule, eventPattern: '{' }],
  ['a rule on another bus', 'events', 'PutRule', { ...rule, eventBusName: 'other' }],
  ['a rule of a name that is not shipped', 'events', 'PutRule', { ...rule, name: 'LayerwatchForwarderX' }],
  [
    'a target in another account',
    'events',
    'PutTargets',
    targetWith({ arn: hubBusArn.replace('111122223333', '999988887777') }),
  ],
  [
    'a target in another region',
    'events',
    'PutTargets',
    targetWith({ arn: hubBusArn.replace('eu-west-3', 'eu-north-1') }),
  ],
  ['a target with another role', 'events', 'PutTargets', targetWith({ roleArn: `${roleArn}x` })],
  ['a target with another input', 'events', 'PutTargets', targetWith({ input: '{}' })],
  ['a rule that is disabled', 'events', 'DisableRule', { name: 'LayerwatchForwarder' }],
  ['a heartbeat that is deleted', 'events', 'DeleteRule', { name: 'LayerwatchForwarderHeartbeat' }],
  ['a role that is deleted', 'iam', 'DeleteRole', { roleName: `LayerwatchForwarder-${region}` }],
  ['the read role that is deleted', 'iam', 'DeleteRole', { roleName: 'LayerwatchReadOnly' }],
  [
    'a role that nobody may assume',
    'iam',
    'UpdateAssumeRolePolicy',
    { roleName: `LayerwatchForwarder-${region}`, policyDocument: '{}' },
  ],
  [
    'a queue that is deleted',
    'sqs',
    'DeleteQueue',
    {
      queueUrl: 'https://sqs.us-east-1.amazonaws.com/210987654321/LayerwatchForwarder-UndeliveredEvents-abc',
    },
  ],
  ['the bus of the hub that is deleted', 'events', 'DeleteEventBus', { name: 'Layerwatch-hub' }],
  [
    'the bus of the hub that admits nobody',
    'events',
    'RemovePermission',
    { eventBusName: 'Layerwatch-hub', statementId: 'AllowForwardersOfTheOrganization' },
  ],
  ['the bus of the hub that admits others', 'events', 'PutPermission', { eventBusName: 'Layerwatch-hub' }],
  ['the bus of the hub that is changed', 'events', 'UpdateEventBus', { name: 'Layerwatch-hub' }],
])('given %s, then it is tampering', (_, service, eventName, parameters) => {
  expect(isTampering(service, eventName, parameters)).toBe(true);
});

test('given a hub whose bus is not known, then a target of a forwarder is tampering', () => {
  expect(isTampering('events', 'PutTargets', targetWith({}), 'arn:aws:events:x:1:event-bus/other')).toBe(
    true,
  );
});
