import { decideChange, nothingKnown } from '../../lambda/detection/change';
import { classify } from '../../lambda/detection/classify';
import { undoOf } from '../../lambda/detection/undo';
import { givenUpdate } from '../fixtures/records';

/**
 * What is pasted after a call of tampering acts on what the call was about, and on nothing else: on the rule and not on its bus, on
 * the bus that the rule is on, on no trail called "unknown". It holds names of AWS, or it is a sentence.
 */
const detector = 'Layerwatch-DetectorFunction1234-abc';
const region = 'eu-west-3';

function undo(eventSource: string, eventName: string, requestParameters: unknown, fields = {}) {
  const record = givenUpdate(undefined, {
    eventSource: `${eventSource}.amazonaws.com`,
    eventName,
    requestParameters,
    responseElements: null,
    ...fields,
  });
  const classified = classify(record, { ownNamePrefix: 'Layerwatch-' });
  if (classified.kind !== 'tampering') throw new Error(classified.kind);
  const { call } = classified;
  return undoOf(call, decideChange(call.asked, nothingKnown), []);
}

test.each<readonly [string, string, unknown, string]>([
  [
    'cloudtrail',
    'StopLogging',
    { name: 'main' },
    `aws cloudtrail start-logging --region ${region} --name main`,
  ],
  [
    'cloudtrail',
    'StopLogging',
    { name: 'arn:aws-us-gov:cloudtrail:us-gov-west-1:123456789012:trail/main' },
    `aws cloudtrail start-logging --region ${region} --name main`,
  ],
  ['cloudtrail', 'DeleteTrail', { name: 'main' }, `aws cloudtrail describe-trails --region ${region}`],
  [
    'cloudtrail',
    'PutEventSelectors',
    { trailName: 'main' },
    `aws cloudtrail get-event-selectors --region ${region} --trail-name main`,
  ],
  ['cloudtrail', 'UpdateTrail', { name: 'main' }, `aws cloudtrail get-trail --region ${region} --name main`],
  [
    'events',
    'DisableRule',
    { name: 'Layerwatch-Rule' },
    `aws events enable-rule --region ${region} --name Layerwatch-Rule`,
  ],
  [
    'events',
    'DisableRule',
    { name: 'Layerwatch-Rule', eventBusName: 'default' },
    `aws events enable-rule --region ${region} --name Layerwatch-Rule`,
  ],
  [
    'events',
    'DisableRule',
    { name: 'Layerwatch-Rule', eventBusName: 'Layerwatch-hub' },
    `aws events enable-rule --region ${region} --name Layerwatch-Rule --event-bus-name Layerwatch-hub`,
  ],
  [
    'events',
    'DisableRule',
    { name: 'forward', eventBusName: 'arn:aws:events:eu-west-3:123456789012:event-bus/Layerwatch-hub' },
    `aws events enable-rule --region ${region} --name forward --event-bus-name Layerwatch-hub`,
  ],
  [
    'lambda',
    'PutFunctionConcurrency20171031',
    { functionName: `123456789012:function:${detector}`, reservedConcurrentExecutions: 0 },
    `aws lambda delete-function-concurrency --region ${region} --function-name ${detector}`,
  ],
  [
    'sns',
    'DeleteTopic',
    { topicArn: 'arn:aws:sns:eu-west-3:1:Layerwatch-A' },
    'npx cdk deploy --revert-drift',
  ],
  ['lambda', 'UpdateFunctionCode20150331v2', { functionName: detector }, 'npx cdk deploy --revert-drift'],
])('given %s %s of %j, then %s is given', (source, name, parameters, command) => {
  expect(undo(source, name, parameters).commands).toEqual([command]);
});

const hostile = [
  'x`id`',
  '--endpoint-url=http://evil.example',
  'file:///etc/passwd',
  '$(id)',
  'a\nb',
  '-x',
  'a b',
];

test.each(hostile)('given %j as the name of a trail, then no command holds it', (name) => {
  for (const action of ['StopLogging', 'PutEventSelectors', 'UpdateTrail'])
    expect(undo('cloudtrail', action, { name }).commands).toEqual([]);
  expect(undo('cloudtrail', 'DeleteTrail', { name }).commands.join()).not.toContain(name);
});

test.each(hostile)(
  'given %j behind the name of a rule, as its bus or as the region, then there is no command',
  (text) => {
    expect(undo('events', 'DisableRule', { name: `Layerwatch-${text} ` }).commands).toEqual([]);
    expect(undo('events', 'DisableRule', { name: 'Layerwatch-Rule', eventBusName: text }).commands).toEqual(
      [],
    );
    expect(undo('events', 'DisableRule', { name: 'Layerwatch-Rule' }, { awsRegion: text }).commands).toEqual(
      [],
    );
  },
);

test.each([
  ['cloudtrail', 'StopLogging', null],
  ['events', 'DisableRule', { omitted: true }],
  ['lambda', 'PutFunctionConcurrency20171031', { omitted: true }],
])(
  'given %s %s that names nothing, then there is a sentence in place of a command',
  (source, name, parameters) => {
    expect(undo(source, name, parameters)).toEqual({
      commands: [],
      note: 'the record does not name what the call is about',
    });
  },
);
