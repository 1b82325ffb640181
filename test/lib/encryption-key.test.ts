import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Stack } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import * as kms from 'aws-cdk-lib/aws-kms';
import { keyUses } from '../../lambda/contract';
import { Layerwatch } from '../../lib';
import {
  allowedByRoles,
  appWithoutValidation,
  keyArn,
  resourcesOf,
  type Statement,
  templateOf,
} from './synthesis';

describe('with kmsKeyArn', () => {
  let template: Template;
  beforeAll(() => {
    template = templateOf({ email: 'a@example.com', alarmEmail: 'b@example.com', kmsKeyArn: keyArn });
  });

  test('tables, topics, queues and the log group are encrypted with the key', () => {
    template.resourceCountIs('AWS::SNS::Topic', 2);
    template.allResourcesProperties('AWS::DynamoDB::Table', {
      SSESpecification: { SSEEnabled: true, SSEType: 'KMS', KMSMasterKeyId: keyArn },
    });
    template.allResourcesProperties('AWS::SNS::Topic', { KmsMasterKeyId: keyArn });
    template.allResourcesProperties('AWS::SQS::Queue', { KmsMasterKeyId: keyArn });
    template.allResourcesProperties('AWS::Logs::LogGroup', { KmsKeyId: keyArn });
  });

  test('the functions may use it through the services, and every action is named', () => {
    const onKey = allowedByRoles(template).filter((statement) => statement.Resource === keyArn);
    const byFunction = [
      {
        Effect: 'Allow',
        Action: expect.arrayContaining(['kms:Decrypt', 'kms:GenerateDataKey']),
        Resource: keyArn,
        Condition: { StringLike: { 'kms:ViaService': [through('dynamodb')] } },
      },
      {
        Effect: 'Allow',
        Action: ['kms:Decrypt', 'kms:GenerateDataKey'],
        Resource: keyArn,
        Condition: { StringLike: { 'kms:ViaService': [through('sns'), through('sqs')] } },
      },
    ];
    expect(onKey).toEqual([...byFunction, ...byFunction]);
    expect(JSON.stringify(onKey.map((statement) => statement.Action))).not.toContain('*');
  });
});

test('without kmsKeyArn no key is used and none is granted', () => {
  const template = templateOf();
  template.allResourcesProperties('AWS::DynamoDB::Table', { SSESpecification: Match.absent() });
  template.allResourcesProperties('AWS::Logs::LogGroup', { KmsKeyId: Match.absent() });
  expect(JSON.stringify(allowedByRoles(template))).not.toContain('kms:');
});

const text = readFileSync(join(__dirname, '..', '..', 'docs', 'kms-key-policy.md'), 'utf8');
const statements: Statement[] = JSON.parse(/```json\n([\s\S]+?)```/.exec(text)?.[1] ?? '');

describe('with a key of the same app', () => {
  /** The statements of the key's policy, with the account and region of the page. */
  function statementsOfKey(): readonly Statement[] {
    const env = { account: '123456789012', region: 'eu-west-3' };
    const stack = new Stack(appWithoutValidation(), 'Layerwatch', { env });
    const encryptionKey = new kms.Key(stack, 'Key');
    new Layerwatch(stack, 'Watch', { configuration: { email: 'a@example.com' }, encryptionKey });
    const [key] = Object.values(resourcesOf(Template.fromStack(stack), 'AWS::KMS::Key'));
    const written = JSON.stringify(key?.Properties['KeyPolicy'])
      .replaceAll(/\{"Fn::Join":\["",\["([^"]*)",\{"Ref":"AWS::Partition"\},"([^"]*)"\]\]\}/g, '"$1aws$2"')
      .replaceAll(/\{"Fn::Join":\["",\["([^"]*)",\{"Ref":"AWS::URLSuffix"\}\]\]\}/g, '"$1amazonaws.com"');
    return (JSON.parse(written) as { Statement: Statement[] }).Statement;
  }

  test.each(keyUses.map(({ sid }) => sid))('its policy gets the documented statement %s', (sid) => {
    const ofSid = (all: readonly Statement[]) => all.filter((statement) => statement.Sid === sid);
    expect(ofSid(statementsOfKey())).toEqual(ofSid(statements));
    expect(ofSid(statements)).toHaveLength(1);
  });
});

describe('the documented key policy', () => {
  test.each(['cloudwatch', 'sns', 's3', 'logs.eu-west-3'])(
    'allows %s.amazonaws.com under a condition',
    (service) => {
      const allowed = statements.filter(
        ({ Principal }) =>
          JSON.stringify(Principal) === JSON.stringify({ Service: `${service}.amazonaws.com` }),
      );
      expect(allowed).toEqual([
        expect.objectContaining({
          Effect: 'Allow',
          Action: expect.arrayContaining([expect.stringMatching(/^kms:GenerateDataKey/)]),
          Condition: expect.objectContaining({ ArnLike: expect.anything() }),
        }),
      ]);
    },
  );

  test('allows EventBridge without a condition, which it would not fulfil for a topic', () => {
    const [allowed] = statements.filter(({ Principal }) =>
      JSON.stringify(Principal).includes('events.amazonaws.com'),
    );
    expect(allowed).toMatchObject({ Effect: 'Allow', Action: ['kms:Decrypt', 'kms:GenerateDataKey*'] });
    expect(allowed).not.toHaveProperty('Condition');
  });

  test('explains each statement that it lists', () => {
    for (const { Sid } of statements) expect(text.replace(/ +/g, ' ')).toContain(`| \`${Sid}\` |`);
  });
});

function through(service: string) {
  return { 'Fn::Join': ['', [`${service}.`, { Ref: 'AWS::Region' }, '.amazonaws.com*']] };
}
