import { Match, type Template } from 'aws-cdk-lib/assertions';
import { alertTable, stateTable } from '../../lambda/contract';
import { idOf, resourcesOf, templateOf } from './synthesis';

let template: Template;
beforeAll(() => {
  template = templateOf();
});

describe('the tables', () => {
  test.each(['TablesAlerts', 'TablesState'])('%s survives the stack and can be restored', (id) => {
    const table = resourcesOf(template, 'AWS::DynamoDB::Table')[idOf(template, 'AWS::DynamoDB::Table', id)];
    expect(table).toMatchObject({
      DeletionPolicy: 'Retain',
      UpdateReplacePolicy: 'Retain',
      Properties: {
        BillingMode: 'PAY_PER_REQUEST',
        DeletionProtectionEnabled: true,
        PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true },
      },
    });
  });

  test('have the keys, indexes and time to live of the contract', () => {
    template.hasResourceProperties('AWS::DynamoDB::Table', {
      KeySchema: [{ AttributeName: alertTable.partitionKey, KeyType: 'HASH' }],
      TimeToLiveSpecification: { AttributeName: alertTable.expiresAtAttribute, Enabled: true },
      GlobalSecondaryIndexes: Object.values(alertTable.indexes).map((index) =>
        Match.objectLike({
          IndexName: index.name,
          KeySchema: [
            { AttributeName: index.partitionKey, KeyType: 'HASH' },
            { AttributeName: index.sortKey, KeyType: 'RANGE' },
          ],
        }),
      ),
    });
    template.hasResourceProperties('AWS::DynamoDB::Table', {
      KeySchema: [{ AttributeName: stateTable.partitionKey, KeyType: 'HASH' }],
      TimeToLiveSpecification: { AttributeName: stateTable.expiresAtAttribute, Enabled: true },
    });
  });
});

describe('the queues', () => {
  test('keep events for 14 days, encrypted', () => {
    template.resourceCountIs('AWS::SQS::Queue', 2);
    template.allResourcesProperties('AWS::SQS::Queue', {
      MessageRetentionPeriod: 1_209_600,
      SqsManagedSseEnabled: true,
    });
  });

  test('are spoken to over TLS only', () => {
    template.resourceCountIs('AWS::SQS::QueuePolicy', 2);
    template.allResourcesProperties('AWS::SQS::QueuePolicy', {
      PolicyDocument: { Statement: Match.arrayWith([onlyOverTls('sqs:*')]) },
    });
  });
});

describe('the topics', () => {
  test('notifies the email address', () => {
    template.hasResourceProperties('AWS::SNS::Subscription', {
      Protocol: 'email',
      Endpoint: 'security@example.com',
    });
  });

  test('are spoken to over TLS only, sign with SHA-256, and that of the alarms lets the alarms of this account publish', () => {
    template.hasResourceProperties('AWS::SNS::Topic', {
      SignatureVersion: '2',
      KmsMasterKeyId: Match.absent(),
    });
    template.hasResourceProperties('AWS::SNS::TopicPolicy', {
      PolicyDocument: {
        Statement: [
          onlyOverTls('sns:Publish'),
          Match.objectLike({
            Effect: 'Allow',
            Action: 'sns:Publish',
            Principal: { Service: 'cloudwatch.amazonaws.com' },
            Condition: {
              ArnLike: { 'aws:SourceArn': Match.anyValue() },
              StringEquals: { 'aws:SourceAccount': { Ref: 'AWS::AccountId' } },
            },
          }),
          Match.objectLike({ Principal: { Service: 'events.amazonaws.com' } }),
        ],
      },
    });
  });
});

function onlyOverTls(action: string) {
  return Match.objectLike({
    Effect: 'Deny',
    Action: action,
    Condition: { Bool: { 'aws:SecureTransport': 'false' } },
  });
}
