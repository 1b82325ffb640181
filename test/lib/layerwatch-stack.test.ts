import { Match, type Template } from 'aws-cdk-lib/assertions';
import { ArtifactMetadataEntryType } from 'aws-cdk-lib/cloud-assembly-schema';
import { detectorTimeoutSeconds, environmentVariable, stackOutput } from '../../lambda/contract';
import { eventPattern } from '../../lambda/detection/event-pattern';
import { allowedByRoles, idOf, keyArn, resourcesOf, stackOf, templateOf } from './synthesis';

let template: Template;
beforeAll(() => {
  template = templateOf();
});

const arnOf = (logicalId: string) => ({ 'Fn::GetAtt': [logicalId, 'Arn'] });

describe('the rule', () => {
  test('selects both actions by prefix and does not look at the outcome', () => {
    expect(eventPattern.detail.eventName).toEqual([
      { prefix: 'PublishLayerVersion' },
      { prefix: 'UpdateFunctionConfiguration' },
    ]);
    template.hasResourceProperties('AWS::Events::Rule', { State: 'ENABLED', EventPattern: eventPattern });
    expect(JSON.stringify(eventPattern)).not.toContain('error');
  });

  test('hands over to the detector, tries for a day, then keeps the event', () => {
    template.hasResourceProperties('AWS::Events::Rule', {
      Targets: [
        {
          Arn: arnOf(idOf(template, 'AWS::Lambda::Function', 'Detector')),
          Id: 'Target0',
          DeadLetterConfig: { Arn: arnOf(idOf(template, 'AWS::SQS::Queue', 'QueuesUndeliveredEvents')) },
          RetryPolicy: { MaximumEventAgeInSeconds: 86_400, MaximumRetryAttempts: 185 },
        },
      ],
    });
  });

  test('alone may invoke the detector', () => {
    template.resourceCountIs('AWS::Lambda::Permission', 1);
    template.hasResourceProperties('AWS::Lambda::Permission', {
      Principal: 'events.amazonaws.com',
      SourceArn: arnOf(idOf(template, 'AWS::Events::Rule', 'LayerRule')),
    });
  });
});

describe('the detector', () => {
  test('runs on Node 24 and arm64, with time, memory and names from the contract', () => {
    template.resourceCountIs('AWS::Lambda::Function', 1);
    template.hasResourceProperties('AWS::Lambda::Function', {
      Runtime: 'nodejs24.x',
      Architectures: ['arm64'],
      Handler: 'index.handler',
      MemorySize: 512,
      Timeout: detectorTimeoutSeconds,
      LoggingConfig: { LogFormat: 'JSON', LogGroup: Match.anyValue() },
      Environment: {
        Variables: {
          [environmentVariable.alertTable]: { Ref: idOf(template, 'AWS::DynamoDB::Table', 'TablesAlerts') },
          [environmentVariable.stateTable]: { Ref: idOf(template, 'AWS::DynamoDB::Table', 'TablesState') },
          [environmentVariable.alertTopic]: { Ref: idOf(template, 'AWS::SNS::Topic', 'Alerts') },
          [environmentVariable.settingsFile]: 'settings.json',
        },
      },
    });
  });

  test('is retried twice within six hours, then the event is kept', () => {
    template.hasResourceProperties('AWS::Lambda::EventInvokeConfig', {
      MaximumEventAgeInSeconds: 21_600,
      MaximumRetryAttempts: 2,
      DestinationConfig: {
        OnFailure: { Destination: arnOf(idOf(template, 'AWS::SQS::Queue', 'QueuesFailedEvents')) },
      },
    });
  });

  test('logs to a group of its own for a year', () => {
    template.hasResourceProperties('AWS::Logs::LogGroup', { RetentionInDays: 365 });
  });

  test('may do this and nothing else', () => {
    const tables = ['TablesAlerts', 'TablesState'].map((id) =>
      arnOf(idOf(template, 'AWS::DynamoDB::Table', id)),
    );
    expect(allowedByRoles(template)).toEqual([
      {
        Effect: 'Allow',
        Action: ['logs:CreateLogStream', 'logs:PutLogEvents'],
        Resource: arnOf(idOf(template, 'AWS::Logs::LogGroup', 'DetectorLogs')),
      },
      {
        Effect: 'Allow',
        Action: ['dynamodb:GetItem', 'dynamodb:PutItem', 'dynamodb:UpdateItem'],
        Resource: tables,
      },
      {
        Effect: 'Allow',
        Action: 'sns:Publish',
        Resource: { Ref: idOf(template, 'AWS::SNS::Topic', 'Alerts') },
      },
      {
        Effect: 'Allow',
        Action: 'sqs:SendMessage',
        Resource: arnOf(idOf(template, 'AWS::SQS::Queue', 'QueuesFailedEvents')),
      },
    ]);
    template.allResourcesProperties('AWS::IAM::Role', { ManagedPolicyArns: Match.absent() });
  });
});

describe('a stack that tells nobody', () => {
  // Read from the stack and not from its synthesis, which would print the warning.
  const warningsOf = (configuration: Record<string, unknown>) =>
    stackOf(configuration).node.metadata.filter(({ type }) => type === ArtifactMetadataEntryType.WARN);

  test('is warned of', () => {
    expect(warningsOf({})).toEqual([
      expect.objectContaining({ data: expect.stringContaining('nobody is told') }),
    ]);
  });

  test.each([[{ email: 'a@example.com' }], [{ slack: { workspaceId: 'T1', channelId: 'C1' } }]])(
    'is not one with %j',
    (configuration) => {
      expect(warningsOf(configuration)).toEqual([]);
    },
  );
});

test('the outputs are the ones that others rely on', () => {
  expect(Object.keys(template.findOutputs('*')).sort()).toEqual(Object.values(stackOutput).sort());
});

test('no setting replaces what holds data or subscriptions: it keeps its logical id and what cannot change in place', () => {
  const changed = templateOf({
    notifyOn: 'every-match',
    retentionDays: 30,
    email: 'others@example.com',
    alarmEmail: 'operations@example.com',
    slack: { workspaceId: 'T0123ABCD', channelId: 'C0123ABCD' },
    kmsKeyArn: keyArn,
  });
  for (const type of [
    'AWS::DynamoDB::Table',
    'AWS::SNS::Topic',
    'AWS::SQS::Queue',
    'AWS::Lambda::Function',
  ]) {
    for (const [id, { Properties }] of Object.entries(resourcesOf(template, type))) {
      const { KeySchema, TableName, TopicName, QueueName, FunctionName } = Properties;
      const fixed = { KeySchema, TableName, TopicName, QueueName, FunctionName };
      expect(resourcesOf(changed, type)[id]?.Properties).toMatchObject(JSON.parse(JSON.stringify(fixed)));
    }
  }
});
