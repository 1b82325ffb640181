import { Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import * as events from 'aws-cdk-lib/aws-events';
import * as iam from 'aws-cdk-lib/aws-iam';
import { ArtifactMetadataEntryType } from 'aws-cdk-lib/cloud-assembly-schema';
import { metric, metricNamespace } from '../../lambda/contract';
import { Layerwatch } from '../../lib';
import { allowedByRoles, appWithoutValidation, idOf, keyArn, resourcesOf } from './synthesis';

/** The construct in a stack of somebody else's app. */
function givenLayerwatch(configuration: Record<string, unknown> = { email: 'security@example.com' }) {
  const stack = new Stack(appWithoutValidation(), 'Security');
  return { stack, layerwatch: new Layerwatch(stack, 'Watch', { configuration }) };
}

describe('the metrics', () => {
  const { layerwatch } = givenLayerwatch();

  test.each<[string, cloudwatch.Metric, string, string, Readonly<Record<string, string>>]>([
    ['new alerts', layerwatch.metricAlerts(), metric.alertsCreated, 'Sum', {}],
    ['alerts of one severity', layerwatch.metricAlerts('high'), metric.alertsByBand, 'Sum', { band: 'high' }],
    ['withheld notifications', layerwatch.metricWithheld(), metric.withheld, 'Sum', {}],
    ['the latency', layerwatch.metricEventToNotification(), metric.eventToNotification, 'Average', {}],
  ])('%s are those of the handlers, over five minutes', (_, made, metricName, statistic, dimensions) => {
    expect(made).toMatchObject({
      namespace: metricNamespace,
      metricName,
      statistic,
      dimensions: { service: 'layerwatch', ...dimensions },
    });
    expect(made.period.toMinutes()).toBe(5);
  });

  test('take the options of every CDK metric', () => {
    const made = layerwatch.metricEventToNotification({ statistic: cloudwatch.Stats.p(99), label: 'p99' });
    expect(made).toMatchObject({ statistic: 'p99', label: 'p99' });
  });
});

describe('grantReadAlerts', () => {
  const statementsFor = (configuration: Record<string, unknown>) => {
    const { stack, layerwatch } = givenLayerwatch({ email: 'security@example.com', ...configuration });
    layerwatch.grantReadAlerts(new iam.User(stack, 'Analyst'));
    const template = Template.fromStack(stack);
    const table = { 'Fn::GetAtt': [idOf(template, 'AWS::DynamoDB::Table', 'WatchTablesAlerts'), 'Arn'] };
    const policies = Object.values(resourcesOf(template, 'AWS::IAM::Policy'));
    expect(policies).toHaveLength(1);
    return { table, granted: allowedByRoles(template).slice(-(configuration['kmsKeyArn'] ? 2 : 1)) };
  };

  test('allows to read the alert table and its indexes, and nothing else', () => {
    const { table, granted } = statementsFor({});
    expect(granted).toMatchObject([{ Effect: 'Allow', Action: ['dynamodb:GetItem', 'dynamodb:Query'] }]);
    expect(granted[0]?.Resource).toEqual([
      table,
      ...['by-actor', 'by-day', 'by-function', 'undelivered'].map((name) => ({
        'Fn::Join': ['', [table, `/index/${name}`]],
      })),
    ]);
  });

  test('allows to decrypt with the key of the table, through DynamoDB', () => {
    const { granted } = statementsFor({ kmsKeyArn: keyArn });
    expect(granted[1]).toMatchObject({
      Action: 'kms:Decrypt',
      Resource: keyArn,
      Condition: { StringLike: { 'kms:ViaService': [expect.anything()] } },
    });
  });
});

test('a second one in the same stack is refused with a sentence that names both', () => {
  const { stack } = givenLayerwatch();
  expect(() => new Layerwatch(stack, 'Other')).toThrow(
    /stack Security already has a Layerwatch, Security\/Watch; give Security\/Other a stack of its own/,
  );
});

test('tables, queues and topics are there for other constructs', () => {
  const { stack, layerwatch } = givenLayerwatch({ alarmEmail: 'operations@example.com' });
  const { undeliveredEventsQueue, failedEventsQueue, stateTable, alarmTopic } = layerwatch;
  const names = [
    undeliveredEventsQueue.queueName,
    failedEventsQueue.queueName,
    stateTable.tableName,
    alarmTopic.topicName,
  ].map((token) => JSON.stringify(stack.resolve(token)));
  expect(names.map((name) => /Watch[A-Za-z]+?(?=(Topic)?[0-9A-F]{8}")/.exec(name)?.[0])).toEqual([
    'WatchQueuesUndeliveredEvents',
    'WatchQueuesFailedEvents',
    'WatchTablesState',
    'WatchAlarmNotices',
  ]);
});

describe('a bus of the same app for findings', () => {
  const givenBus = (configuration: Record<string, unknown> = {}) => {
    const stack = new Stack(appWithoutValidation(), 'Security');
    const findingsBus = new events.EventBus(stack, 'Findings') as events.IEventBus;
    const layerwatch = new Layerwatch(stack, 'Watch', { configuration, findingsBus });
    layerwatch.grantTriage(new iam.User(stack, 'Analyst'));
    const template = Template.fromStack(stack);
    return { template, bus: { 'Fn::GetAtt': [idOf(template, 'AWS::Events::EventBus', 'Findings'), 'Arn'] } };
  };

  test('then the functions know it, and may put events on it', () => {
    const { template, bus } = givenBus();
    template.hasResourceProperties('AWS::Lambda::Function', {
      Environment: { Variables: { FINDINGS_BUS_ARN: bus } },
    });
    const mayPut = allowedByRoles(template).filter(({ Action }) => Action === 'events:PutEvents');
    expect(mayPut.length).toBeGreaterThanOrEqual(3);
    for (const { Resource } of mayPut) expect(Resource).toEqual(bus);
  });

  test('then there is the alarm on findings that are owed', () => {
    const { template } = givenBus();
    template.hasResourceProperties('AWS::CloudWatch::Alarm', { MetricName: metric.findingsNotExported });
  });

  test('given its ARN in the configuration, then it says to give the bus itself', () => {
    const stack = new Stack(appWithoutValidation(), 'Security');
    const findingsBusArn = new events.EventBus(stack, 'Findings').eventBusArn;
    expect(() => new Layerwatch(stack, 'Watch', { configuration: { findingsBusArn } })).toThrow(
      /CDK knows this one only when it deploys: write it out, or give the construct the bus/,
    );
  });

  test('given another bus in the configuration, then it says to give one of the two', () => {
    const findingsBusArn = 'arn:aws:events:eu-west-3:111122223333:event-bus/findings';
    expect(() => givenBus({ findingsBusArn })).toThrow(/there are two buses, .* give one of the two/);
  });
});

describe('the warnings', () => {
  // Read from the construct and not from its synthesis, which would print them.
  const warningsOf = (configuration: Record<string, unknown>) =>
    givenLayerwatch(configuration)
      .layerwatch.node.metadata.filter(({ type }) => type === ArtifactMetadataEntryType.WARN)
      .map(({ data }) => String(data));

  test('given nobody who is subscribed, then there is one', () => {
    expect(warningsOf({})).toEqual([expect.stringContaining('nobody is notified')]);
  });

  test.each([[{ email: 'a@example.com' }], [{ slack: { workspaceId: 'T1', channelId: 'C1' } }]])(
    'given %j, then there is none',
    (configuration) => {
      expect(warningsOf(configuration)).toEqual([]);
    },
  );

  test('given an expired exception, then it is named with its owner and its last day', () => {
    const common = { owner: 'platform', reason: 'r', region: 'eu-west-3' };
    const exceptions = [
      { ...common, name: 'old rollout', expires: '2020-01-31' },
      { ...common, name: 'in force', expires: '2999-01-01' },
    ];
    expect(warningsOf({ email: 'a@example.com', exceptions })).toEqual([
      expect.stringContaining('exception "old rollout" of platform expired on 2020-01-31'),
    ]);
  });
});
