import { type OwnResources, outsidePatterns } from '../../lambda/detection/outside-patterns';
import { watchedCalls } from '../../lambda/detection/watched-calls';

const own: OwnResources = {
  functions: ['detector'],
  rules: ['rule'],
  outsidePrefix: 'Layerwatch-Outside',
  eventBuses: ['hub'],
  topics: ['topic-1', 'topic-2', 'topic-3'],
  tables: [{ name: 'alerts', arn: 'arn:alerts' }],
  queues: ['queue'],
  roles: ['role'],
  logGroups: ['log-group'],
  alarmPrefix: 'Layerwatch-',
  stack: { name: 'Layerwatch', id: 'arn:stack' },
};

const found = (id: string, fields: Partial<OwnResources> = {}) =>
  outsidePatterns({ ...own, ...fields }).find((pattern) => pattern.id === id);
const asks = (requestParameters: unknown) => ({ requestParameters });

test('given a stack, then each service has its patterns', () => {
  expect(outsidePatterns(own).map(({ id }) => id)).toEqual([
    'Trails',
    'Functions',
    'Rules',
    'RulesOfRules',
    'Topics',
    'Topics2',
    'Tables',
    'Queues',
    'Alarms',
    'Roles',
    'Stack',
    'Logs',
  ]);
});

test.each([
  ['Trails', 'aws.cloudtrail'],
  ['Functions', 'aws.lambda'],
  ['Rules', 'aws.events'],
  ['RulesOfRules', 'aws.events'],
  ['Topics', 'aws.sns'],
  ['Tables', 'aws.dynamodb'],
  ['Queues', 'aws.sqs'],
  ['Alarms', 'aws.monitoring'],
  ['Roles', 'aws.iam'],
  ['Stack', 'aws.cloudformation'],
  ['Logs', 'aws.logs'],
])('given %s, then the pattern is of %s and its watched calls', (id, source) => {
  const calls = watchedCalls.find((entry) => entry.source === source);
  const eventName = calls?.actions.map((name) => (source === 'aws.lambda' ? { prefix: name } : name));
  expect(found(id)).toMatchObject({
    parameters: calls?.parameters,
    pattern: { source: [source], 'detail-type': ['AWS API Call via CloudTrail'], detail: { eventName } },
  });
});

describe('resources that one parameter names', () => {
  test.each<[string, unknown]>([
    [
      'Functions',
      {
        functionName: [
          'detector',
          { suffix: ':detector' },
          'detector:$LATEST',
          { suffix: ':detector:$LATEST' },
        ],
      },
    ],
    ['Queues', { queueUrl: [{ suffix: 'queue' }] }],
    ['Roles', { roleName: ['role'] }],
    ['Stack', { stackName: ['Layerwatch', 'arn:stack'] }],
    ['Logs', { logGroupName: ['log-group'] }],
  ])('given %s, then the pattern asks for them', (id, parameters) => {
    expect(found(id)?.pattern.detail).toEqual({
      eventName: expect.anything(),
      requestParameters: parameters,
    });
  });

  test('given trails, then the pattern asks for no name', () => {
    expect(Object.keys(found('Trails')?.pattern.detail ?? {})).toEqual(['eventName']);
  });
});

describe('resources that several parameters name', () => {
  test.each<[string, readonly unknown[]]>([
    [
      'Rules',
      [
        asks({ name: ['rule', { prefix: 'Layerwatch-Outside' }, 'hub'] }),
        asks({ rule: ['rule', { prefix: 'Layerwatch-Outside' }] }),
        asks({ eventBusName: ['hub'] }),
      ],
    ],
    [
      'RulesOfRules',
      [asks({ name: ['Layerwatch-OutsideRules'] }), asks({ rule: ['Layerwatch-OutsideRules'] })],
    ],
    [
      'Topics',
      [
        asks({ topicArn: ['topic-1', 'topic-2'] }),
        asks({ resourceArn: ['topic-1', 'topic-2'] }),
        asks({ subscriptionArn: [{ prefix: 'topic-1:' }, { prefix: 'topic-2:' }] }),
      ],
    ],
    [
      'Topics2',
      [
        asks({ topicArn: ['topic-3'] }),
        asks({ resourceArn: ['topic-3'] }),
        asks({ subscriptionArn: [{ prefix: 'topic-3:' }] }),
      ],
    ],
    ['Tables', [asks({ tableName: ['alerts', 'arn:alerts'] }), asks({ resourceArn: ['arn:alerts'] })]],
    [
      'Alarms',
      [asks({ alarmNames: [{ prefix: 'Layerwatch-' }] }), asks({ alarmName: [{ prefix: 'Layerwatch-' }] })],
    ],
  ])('given %s, then the pattern asks for either', (id, alternatives) => {
    expect(found(id)?.pattern.detail).toEqual({ eventName: expect.anything(), $or: alternatives });
  });
});

test('given a key, then its id and ARN are asked for', () => {
  expect(found('Key', { key: { id: 'id', arn: 'arn:key' } })?.pattern).toMatchObject({
    source: ['aws.kms'],
    detail: { requestParameters: { keyId: ['id', 'arn:key'] } },
  });
});
