import { Match, type Template } from 'aws-cdk-lib/assertions';
import {
  detectorTimeoutSeconds,
  environmentVariable,
  metric,
  notificationLeaseSeconds,
  stateTable,
  sweeperTimeoutSeconds,
} from '../../lambda/contract';
import { eventPattern, lifecycleEventPattern } from '../../lambda/detection/event-pattern';
import { workflowEventPattern } from '../../lambda/detection/workflow-decision';
import { allowedByRoles, allowedTo, idOf, keyArn, resourcesOf, templateOf } from './synthesis';

let template: Template;
beforeAll(() => {
  template = templateOf();
});

const lambdaArn = (account: unknown, resource: string, region: unknown = { Ref: 'AWS::Region' }) => ({
  'Fn::Join': [
    '',
    [
      'arn:',
      { Ref: 'AWS::Partition' },
      ...(typeof region === 'string'
        ? [`:lambda:${region}:${account}:${resource}`]
        : [':lambda:', region, ':', account, `:${resource}`]),
    ],
  ],
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

  test('apart from it selects functions that are created or deleted, and hands them over alike', () => {
    template.hasResourceProperties('AWS::Events::Rule', {
      State: 'ENABLED',
      EventPattern: lifecycleEventPattern,
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

  test('given findings for Security Hub, then what is decided there is handed over too', () => {
    templateOf({ securityHub: true }).hasResourceProperties('AWS::Events::Rule', {
      State: 'ENABLED',
      EventPattern: workflowEventPattern,
      Targets: [{ Id: 'Target0', RetryPolicy: { MaximumEventAgeInSeconds: 86_400 } }],
    });
  });

  test('given no findings for Security Hub, then nothing of it is handed over', () => {
    expect(JSON.stringify(template.toJSON())).not.toContain('aws.securityhub');
  });

  test('alone with it may invoke the detector', () => {
    const permissions = Object.values(resourcesOf(template, 'AWS::Lambda::Permission'));
    const detector = arnOf(idOf(template, 'AWS::Lambda::Function', 'Detector'));
    const onDetector = permissions.filter(
      ({ Properties }) => JSON.stringify(Properties['FunctionName']) === JSON.stringify(detector),
    );
    const rules = Object.keys(resourcesOf(template, 'AWS::Events::Rule')).filter((id) =>
      id.startsWith('LayerRule'),
    );
    expect(new Set(onDetector.map(({ Properties }) => Properties['SourceArn']))).toEqual(
      new Set(rules.map(arnOf)),
    );
    expect(onDetector.map(({ Properties }) => Properties['Principal'])).toEqual(
      rules.map(() => 'events.amazonaws.com'),
    );
    expect(onDetector).toHaveLength(3);
  });
});

describe('the detector', () => {
  test('runs on Node 24 and arm64, with time, memory and names from the contract', () => {
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
          [environmentVariable.stackName]: 'Layerwatch',
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
    expect(allowedTo(template, 'Detector')).toEqual([
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
        Action: 'dynamodb:BatchGetItem',
        Resource: tables[1],
      },
      {
        Effect: 'Allow',
        Action: 'dynamodb:DeleteItem',
        Resource: tables[1],
        Condition: { 'ForAllValues:StringLike': { 'dynamodb:LeadingKeys': ['layer-user#*'] } },
      },
      {
        Effect: 'Allow',
        Action: 'dynamodb:Query',
        Resource: { 'Fn::Join': ['', [tables[1], `/index/${stateTable.indexes.byLayer.name}`]] },
      },
      {
        Effect: 'Allow',
        Action: ['lambda:GetFunctionConfiguration', 'lambda:GetPolicy', 'lambda:ListAliases'],
        Resource: lambdaArn({ Ref: 'AWS::AccountId' }, 'function:*'),
      },
      { Effect: 'Allow', Action: 'lambda:GetLayerVersion', Resource: lambdaArn('*', 'layer:*', '*') },
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

describe('the sweeper', () => {
  test('runs every ten minutes, for less than that, and is not tried again', () => {
    const sweeper = arnOf(idOf(template, 'AWS::Lambda::Function', 'Sweeper'));
    template.hasResourceProperties('AWS::Events::Rule', {
      ScheduleExpression: 'rate(10 minutes)',
      Targets: [Match.objectLike({ Arn: sweeper })],
    });
    template.hasResourceProperties('AWS::Lambda::Function', {
      Runtime: 'nodejs24.x',
      Architectures: ['arm64'],
      Timeout: sweeperTimeoutSeconds,
    });
    expect(sweeperTimeoutSeconds).toBeLessThan(600);
    template.hasResourceProperties('AWS::Lambda::EventInvokeConfig', {
      FunctionName: { Ref: idOf(template, 'AWS::Lambda::Function', 'Sweeper') },
      MaximumRetryAttempts: 0,
    });
  });

  test('may do what the detector may but send to its queue, and beyond it only read', () => {
    const pairsOf = (role: string) =>
      allowedTo(template, role).flatMap(({ Action, Resource }) =>
        [Action].flat().flatMap((action) => [Resource].flat().map((each) => JSON.stringify([action, each]))),
      );
    const isOfRoleItself = (pair: string) => pair.includes('Logs') || pair.includes('sqs:SendMessage');
    const sweeper = pairsOf('Sweeper');
    expect(pairsOf('Detector').filter((pair) => !isOfRoleItself(pair) && !sweeper.includes(pair))).toEqual(
      [],
    );
    const detector = pairsOf('Detector');
    const beyond = sweeper.filter((pair) => !isOfRoleItself(pair) && !detector.includes(pair));
    const actions = beyond.map((pair) => (JSON.parse(pair) as [string])[0]);
    expect([...new Set(actions)].sort()).toEqual([
      'cloudformation:ListStackResources',
      'cloudtrail:DescribeTrails',
      'cloudtrail:GetEventSelectors',
      'cloudtrail:GetTrailStatus',
      'cloudtrail:LookupEvents',
      'dynamodb:Query',
      'events:DescribeRule',
      'events:ListTargetsByRule',
      'lambda:GetFunctionConcurrency',
      'lambda:GetFunctionEventInvokeConfig',
      'lambda:ListFunctions',
      'sns:GetTopicAttributes',
    ]);
  });
});

test('one dashboard shows alerts, their latency, what was missed, what waits and what the tables use', () => {
  const [dashboard] = Object.values(resourcesOf(template, 'AWS::CloudWatch::Dashboard'));
  const body = JSON.stringify(dashboard?.Properties['DashboardBody']);
  for (const shown of [
    metric.alertsByBand,
    metric.eventToNotification,
    metric.withheld,
    metric.duplicates,
    metric.missedByEvents,
    metric.sweepHeartbeat,
    'ApproximateNumberOfMessagesVisible',
    'ConsumedWriteCapacityUnits',
  ])
    expect(body).toContain(shown);
  for (const statistic of ['p50', 'p99']) expect(body).toContain(statistic);
});

test('the outputs are the ones that others rely on', () => {
  expect(Object.keys(template.findOutputs('*')).sort()).toEqual(
    ['AlertTableName', 'AlertTopicArn', 'DetectorFunctionName'].sort(),
  );
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

test('no policy allows every action, and every resource only where AWS offers no narrower', () => {
  const all = allowedByRoles(template).flatMap(({ Action, Resource }) =>
    [Action].flat().map((action) => [String(action), Resource] as const),
  );
  expect(all.filter(([action]) => action.includes('*'))).toEqual([]);
  const everywhere = all.filter(([, resource]) => resource === '*').map(([action]) => action);
  expect([...new Set(everywhere)].sort()).toEqual([
    'cloudtrail:DescribeTrails',
    'cloudtrail:GetEventSelectors',
    'cloudtrail:GetTrailStatus',
    'cloudtrail:LookupEvents',
    'lambda:ListFunctions',
  ]);
});

test('given the lease on a notification, then it outlives the run of the detector that took it', () => {
  expect(notificationLeaseSeconds).toBeGreaterThan(detectorTimeoutSeconds);
});
