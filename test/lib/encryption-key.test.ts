import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Match, type Template } from 'aws-cdk-lib/assertions';
import { allowedByRoles, keyArn, type Statement, templateOf } from './synthesis';

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

describe('the documented key policy', () => {
  const text = readFileSync(join(__dirname, '..', '..', 'docs', 'kms-key-policy.md'), 'utf8');
  const statements: Statement[] = JSON.parse(/```json\n([\s\S]+?)```/.exec(text)?.[1] ?? '');

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
